import{E as P,F as E,I as U,J as $,La as k,M as q,Ma as Y,N as M,Pb as _,Q as N,Qb as G,Rb as H,Sb as V,W as K,Yb as A,Zb as W,ac as X,c as D,f as R,g as f,h as c,
hc as z,k as v,oa as r,tc as B}from"./chunk.js";var ee=/(?:^|\s)([01]?\d|2[0-3])(?::([0-5]\d)(?::([0-5]\d))?|시(?:\s*([0-5]?\d)분)?)(?=\s|$)/;function F(e,n,a){let i=ee.exec(e);if(!i)return null;let[p,y,h]=[i[1],i[2]??i[4]??"0",i[3]??"0"].map(Number),d=((p*60+y)*60+h)*1e3,m=Math.floor((n+a)/864e5)*864e5-
a+d;return{rest:e.replace(i[0]," ").trim(),atMs:m>n?m-864e5:m}}function J(e){return{from:new Date(e-3e5).toISOString(),to:new Date(e+3e5).toISOString(),sort:"sl\
owest"}}var Q=12,Z=2;function Me(){let e=U(),[n,a]=D(""),[i,p]=D(0),y=R(null),h=M(v("/slos"),{topic:"slos"}).data,d=M(v("/services"),{topic:"traces"}).data,S=()=>_.value=
"none",m=f(()=>F(n,N.peek(),$().offsetMs(N.peek())),[n]),x=m?m.rest:n.trim(),L=ne(x),T=f(()=>{let t={system:e.shell.system,light:e.shell.light,dark:e.shell.dark},
o=s=>()=>k(s);return[{key:"overview",icon:"house",kind:e.palette.page,label:e.nav.overview,run:o(r("overview",{}))},{key:"slos",icon:"target",kind:e.palette.page,
label:e.nav.slos,run:o(r("slos",{}))},{key:"stories",icon:"book",kind:e.palette.page,label:e.nav.stories,run:o(r("stories",{}))},{key:"traces",icon:"traces",kind:e.
palette.page,label:e.nav.traces,run:o(r("traces",{}))},{key:"map",icon:"map",kind:e.palette.page,label:e.nav.map,run:o(r("map",{}))},{key:"alerts",icon:"bell",kind:e.
palette.page,label:e.nav.alerts,run:o(r("alerts",{}))},{key:"definitions",icon:"file",kind:e.palette.page,label:e.nav.definitions,run:o(r("definitions",{}))},{key:"\
settings",icon:"settings",kind:e.palette.page,label:e.nav.settings,run:o(r("settings",{}))},...oe(h).map(({name:s,label:w})=>({key:`slo ${s}`,icon:"target",kind:e.
palette.slo,label:w,run:o(r("slo",{name:s}))})),...(d?.items??[]).map(({name:s})=>O(s,`service=${I(s)}`,e.palette.service)),{key:"link",icon:"link",kind:e.palette.
action,label:e.palette.copyLink,run:G},{key:"pinned",icon:"link",kind:e.palette.action,label:e.palette.copyPinned,run:H},{key:"command",icon:"terminal",kind:e.palette.
action,label:e.palette.copyCommand,run:V},{key:"help",icon:"help",kind:e.palette.action,label:e.shell.help,run:()=>setTimeout(()=>_.value="help")},...W.map(s=>({
key:`theme ${s}`,icon:"sun",kind:e.palette.action,label:e.palette.useTheme(t[s]),run:()=>X(s)})),...P.map(s=>({key:`lang ${s}`,icon:"settings",kind:e.palette.action,
label:e.palette.useLanguage(E[s]),run:()=>{q(s),Y()}}))]},[e,h,d]),b=B(n),u=f(()=>{if(b)return[{key:"trace",icon:"traces",kind:e.palette.trace,label:b,run:()=>k(
r("trace",{id:b}))}];let t=l=>`${l.label} ${l.kind}`,o=L.map(l=>O(se(l),`op=${l}`,e.palette.operation));if(!m)return A([...T,...o],n,t).slice(0,Q);let s=e.palette.
around($().tick(m.atMs,6e4)),w=[...o,...(d?.items??[]).map(({name:l})=>O(l,`service=${I(l)}`,"")),O(e.nav.traces,"","")];return A(w,x,t).slice(0,Q).map(l=>({...l,
kind:s,run:()=>k(r("traces",{},{q:l.q,...J(m.atMs)}))}))},[T,n,b,e,L]),g=Math.min(i,u.length-1),C=t=>{t&&(S(),t.run())},j=t=>{if(t.isComposing)return;let o=t.key===
"ArrowDown"?1:t.key==="ArrowUp"?-1:0;if(o!==0){t.preventDefault();let s=(g+o+u.length)%Math.max(1,u.length);p(s),y.current?.children[s]?.scrollIntoView({block:"\
nearest"})}else t.key==="Enter"&&(t.preventDefault(),C(u[g]))};return c(z,{label:e.palette.label,class:"top",onClose:S,children:[c("input",{class:"palette-input",
type:"text",role:"combobox","aria-label":e.palette.label,"aria-expanded":"true","aria-controls":"palette-options","aria-autocomplete":"list","aria-activedescend\
ant":g>=0?`palette-${g}`:void 0,placeholder:e.palette.placeholder,autocomplete:"off",spellcheck:!1,autofocus:!0,value:n,onInput:t=>{a(t.currentTarget.value),p(0)},
onKeyDown:j}),c("div",{class:"palette-list",id:"palette-options",role:"listbox","aria-label":e.palette.label,ref:y,children:u.map((t,o)=>c("div",{id:`palette-${o}`,
class:"option",role:"option","aria-selected":o===g,onClick:()=>C(t),onPointerMove:()=>p(o),children:[c(K,{name:t.icon}),c("span",{class:"clip spring",children:t.
label}),c("span",{class:"sub nowrap",children:t.kind})]},t.key))}),c("div",{class:"sr",role:"status",children:u.length===0?e.palette.none:e.palette.results(u.length)}),
u.length===0&&c("p",{class:"state muted",children:e.palette.none})]})}function O(e,n,a){return{key:`traces ${n}`,icon:"traces",kind:a,label:e,q:n,run:()=>k(r("t\
races",{},{q:n}))}}var te=[];function ne(e){let[n]=e.split(/\s+/),a=`op=${I(n)}`,i=M(n.length<Z?null:v("/complete",{q:a,pos:[...a].length}),{keep:!0}).data;return f(
()=>n.length<Z?te:(i?.items??[]).filter(({kind:p})=>p==="op").map(({text:p})=>p),[i,n])}var se=e=>e.startsWith('"')?e.slice(1,-1).replace(/\\(.)/g,"$1"):e;function oe(e){
return[...new Map((e?.items??[]).map(a=>[a.name,a.displayName?`${a.displayName} · ${a.name}`:a.name]))].map(([a,i])=>({name:a,label:i}))}function I(e){return/^[\w./-]+$/.
test(e)?e:`"${e.replaceAll('"','\\"')}"`}export{Me as Palette};
