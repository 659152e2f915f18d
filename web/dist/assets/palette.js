import{Ab as A,Bb as P,Cb as E,D as x,E as M,Fa as I,H as N,Ib as C,Jb as R,L as T,M as f,Mb as q,Sb as K,c as u,f as O,g as k,h as l,ic as G,j as g,oa as i,sa as y,
ta as D,zb as b}from"./chunk.js";var V=12;function le(){let e=N(),[r,o]=u(""),[m,d]=u(0),v=O(null),h=f(g("/slos"),{topic:"slos"}).data,w=f(g("/services"),{topic:"traces"}).data,$=()=>b.value="n\
one",L=k(()=>{let t={system:e.shell.system,light:e.shell.light,dark:e.shell.dark},a=n=>()=>y(n);return[{key:"overview",icon:"house",kind:e.palette.page,label:e.
nav.overview,run:a(i("overview",{}))},{key:"slos",icon:"target",kind:e.palette.page,label:e.nav.slos,run:a(i("slos",{}))},{key:"traces",icon:"traces",kind:e.palette.
page,label:e.nav.traces,run:a(i("traces",{}))},{key:"map",icon:"map",kind:e.palette.page,label:e.nav.map,run:a(i("map",{}))},{key:"alerts",icon:"bell",kind:e.palette.
page,label:e.nav.alerts,run:a(i("alerts",{}))},{key:"definitions",icon:"file",kind:e.palette.page,label:e.nav.definitions,run:a(i("definitions",{}))},{key:"sett\
ings",icon:"settings",kind:e.palette.page,label:e.nav.settings,run:a(i("settings",{}))},..._(h).map(({name:n,label:U})=>({key:`slo ${n}`,icon:"target",kind:e.palette.
slo,label:U,run:a(i("slo",{name:n}))})),...(w?.items??[]).map(({name:n})=>({key:`service ${n}`,icon:"traces",kind:e.palette.service,label:n,run:a(i("traces",{},
{q:`service=${X(n)}`}))})),{key:"link",icon:"link",kind:e.palette.action,label:e.palette.copyLink,run:A},{key:"pinned",icon:"link",kind:e.palette.action,label:e.
palette.copyPinned,run:P},{key:"command",icon:"terminal",kind:e.palette.action,label:e.palette.copyCommand,run:E},{key:"help",icon:"help",kind:e.palette.action,
label:e.shell.help,run:()=>setTimeout(()=>b.value="help")},...R.map(n=>({key:`theme ${n}`,icon:"sun",kind:e.palette.action,label:e.palette.useTheme(t[n]),run:()=>q(
n)})),...x.map(n=>({key:`lang ${n}`,icon:"settings",kind:e.palette.action,label:e.palette.useLanguage(M[n]),run:()=>{T(n),D()}}))]},[e,h,w]),c=G(r),s=k(()=>c?[{
key:"trace",icon:"traces",kind:e.palette.trace,label:c,run:()=>y(i("trace",{id:c}))}]:C(L,r,t=>`${t.label} ${t.kind}`).slice(0,V),[L,r,c,e]),p=Math.min(m,s.length-
1),S=t=>{t&&($(),t.run())},H=t=>{if(t.isComposing)return;let a=t.key==="ArrowDown"?1:t.key==="ArrowUp"?-1:0;if(a!==0){t.preventDefault();let n=(p+a+s.length)%Math.
max(1,s.length);d(n),v.current?.children[n]?.scrollIntoView({block:"nearest"})}else t.key==="Enter"&&(t.preventDefault(),S(s[p]))};return l(K,{label:e.palette.label,
class:"top",onClose:$,children:[l("input",{class:"palette-input",type:"text",role:"combobox","aria-label":e.palette.label,"aria-expanded":"true","aria-controls":"\
palette-options","aria-autocomplete":"list","aria-activedescendant":p>=0?`palette-${p}`:void 0,placeholder:e.palette.placeholder,autocomplete:"off",spellcheck:!1,
autofocus:!0,value:r,onInput:t=>{o(t.currentTarget.value),d(0)},onKeyDown:H}),l("div",{class:"palette-list",id:"palette-options",role:"listbox","aria-label":e.palette.
label,ref:v,children:s.map((t,a)=>l("div",{id:`palette-${a}`,class:"option",role:"option","aria-selected":a===p,onClick:()=>S(t),onPointerMove:()=>d(a),children:[
l(I,{name:t.icon}),l("span",{class:"clip spring",children:t.label}),l("span",{class:"sub nowrap",children:t.kind})]},t.key))}),l("div",{class:"sr",role:"status",
children:s.length===0?e.palette.none:e.palette.results(s.length)}),s.length===0&&l("p",{class:"state muted",children:e.palette.none})]})}function _(e){return[...new Map(
(e?.items??[]).map(o=>[o.name,o.displayName?`${o.displayName} · ${o.name}`:o.name]))].map(([o,m])=>({name:o,label:m}))}function X(e){return/^[\w./-]+$/.test(e)?
e:`"${e.replaceAll('"','\\"')}"`}export{le as Palette};
