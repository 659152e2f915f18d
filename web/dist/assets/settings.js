import{E as S,F as B,G as k,H as A,Ha as h,I as c,J as m,L as w,M,Ma as $,N as b,Q as C,Vb as D,Wb as T,Zb as U,_b as F,a as p,ac as N,bc as P,c as x,cc as E,dc as I,
ea as d,h as t,k as y,nc as O,oa as L}from"./chunk.js";function g({facts:e}){return t("dl",{class:"props",children:e.map(([s,o])=>t("div",{children:[t("dt",{children:s}),t("dd",{children:o})]},s))})}function G({about:e}){
let s=c().settings,o=m(),{memory:r}=e,i=Date.parse(e.startedAt),n=r.residentBytes,a=[[s.version,e.version],[s.commit,e.commit&&t("code",{children:e.commit})],[s.
started,`${o.time(i,i+e.uptimeUs/1e3)} (${o.duration(e.uptimeUs)})`],[s.listen,e.listen.map(l=>t("code",{children:[l," "]},l))],[s.storage,e.storage],[s.dataDir,
t("code",{children:e.dataDir})],[s.definitions,t("a",{class:"link",href:L("definitions",{}),children:c().nav.definitions})],[s.memory,n!==null&&t(p,{children:[s.
memoryOf(o.bytes(n),o.bytes(r.limitBytes)),t(h,{share:n/r.limitBytes,tone:n>r.limitBytes?"crit":"plain",label:s.memory,valueText:s.memoryOf(o.bytes(n),o.bytes(r.
limitBytes))})]})],[s.cpu,r.cpuSeconds!==null&&o.duration(r.cpuSeconds*1e6)],[s.threads,r.threads!==null&&`${o.count(r.threads)}, ${o.count(r.openFiles??0)}`]];
return t(g,{facts:a.filter(([,l])=>l)})}function z({limits:e}){let s=c().settings,o=m();return t("table",{"aria-label":s.limits,children:[t("thead",{children:t(
"tr",{children:[t("th",{scope:"col",children:s.limit}),t("th",{scope:"col",class:"num",children:s.value})]})}),t("tbody",{children:e.map(({limit:r,unit:i,max:n})=>t(
"tr",{children:[t("td",{children:[s.limitOf[r]??r," ",t("code",{class:"sub hide-s",children:r})]}),t("td",{class:"num",children:i==="bytes"?o.bytes(n):o.count(n)})]},
r))})]})}var R=50;function H(){let e=c().settings,s=m(),[o,r]=x(!1),i=b(y("/store",{columns:o?"true":void 0}),{keep:!0});return t("section",{class:"card",children:[t("h2",
{children:e.held}),t(d,{resource:i,what:e.held,children:n=>t(p,{children:[t(g,{facts:[[e.spans,`${s.count(n.spans)} (${e.inMemory(s.count(n.spansInMemory))})`],
[e.onDisk,`${s.bytes(n.blockBytes)}${n.bytesPerSpan===null?"":`, ${n.bytesPerSpan.toFixed(1)} B ${e.perSpan}`}`],[e.inbox,s.bytes(n.inboxBytes)],[e.history,s.bytes(
n.history?.bytes??0)],[e.retention,Z(n)]]}),t(v,{title:e.byDay,head:e.day,rows:n.days.map(a=>[a.day,a.bytes])}),t(v,{title:e.bySection,head:e.part,rows:n.sections.
map(a=>[a.section,a.storedBytes])}),o&&!i.old?t(v,{title:e.byColumn,head:e.column,rows:n.columns.slice(0,R).map(a=>[`${a.service} · ${a.key}`,a.storedBytes])}):
t("p",{class:"row tight",children:[e.byColumn," ",t("span",{class:"sub",children:e.byColumnHint}),t("button",{type:"button",class:"btn small",disabled:o,onClick:()=>r(
!0),children:e.measure})]})]})})]})}function Z({retention:e}){let s=c().settings,o=m();if(!e)return s.keepsAll;let r=o.length(e.maxAgeUs),i=e.maxBytes===null?s.
keeps(r):s.keepsBytes(r,o.bytes(e.maxBytes));return e.nextAt?`${i}. ${s.next(o.relative(Date.parse(e.nextAt),C.value))}`:i}function v({title:e,head:s,rows:o}){let r=c().
settings,i=m(),n=o.reduce((l,[,u])=>l+u,0);if(n===0)return null;let a=Math.max(...o.map(([,l])=>l));return t("details",{children:[t("summary",{children:[e," ",t(
"span",{class:"sub",children:i.bytes(n)})]}),t("table",{"aria-label":e,children:[t("thead",{children:t("tr",{children:[t("th",{scope:"col",children:s}),t("th",{
scope:"col",class:"num",children:r.bytes}),t("th",{scope:"col",class:"hide-s"})]})}),t("tbody",{children:o.map(([l,u])=>t("tr",{children:[t("td",{children:l}),t(
"td",{class:"num",children:i.bytes(u)}),t("td",{class:"hide-s",children:t(h,{share:u/a,tone:"plain",label:l,valueText:i.share(u/n)})})]},l))})]})]})}function gt(){let e=c();D(e.settings.title);let s=b(y("/about"));return t("div",{class:"settings",children:[t(_,{}),t("section",{class:"card",children:[t("h2",{
children:e.settings.server}),t(d,{resource:s,what:e.settings.server,children:o=>t(G,{about:o})})]}),t(H,{}),t("section",{class:"card",children:[t("h2",{children:e.
settings.limits}),t(d,{resource:s,what:e.settings.limits,children:o=>t(z,{limits:o.limits})})]}),t("section",{class:"card",children:[t("h2",{children:e.settings.
keys}),t(T,{})]})]})}function _(){let e=c(),s=e.settings,o={system:e.shell.system,light:e.shell.light,dark:e.shell.dark},r=new Intl.DateTimeFormat().resolvedOptions().
timeZone,i=n=>{M(n),$()};return t("section",{class:"card",children:[t("h2",{children:s.appearance}),t("p",{class:"sub",children:s.thisBrowser}),t(f,{label:e.shell.
theme,values:U,now:F.value,text:n=>o[n],choose:N}),t(f,{label:e.shell.language,values:S,now:k.value,text:n=>t("span",{lang:n,children:B[n]}),choose:i}),t(f,{label:s.
density,values:P,now:E.value,text:n=>s[n],choose:I}),t(f,{label:s.zone,values:["local","utc"],now:A.value,text:n=>n==="utc"?s.utc:s.local(r),choose:w})]})}function f(e){
return t("div",{class:"choice",children:[t("span",{children:e.label}),t(O,{...e})]})}export{gt as SettingsPage};
