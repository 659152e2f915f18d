import{A as x,Ea as w,Eb as P,F as S,Gb as D,H as m,I as h,M as y,P as g,Rb as R,Tb as L,Wb as $,Xb as k,a as p,ac as N,c as b,h as e,ia as v,j as f,l as T,na as C,
oa as u,sa as E,va as z,xa as O,z as A}from"./chunk.js";function Q(){let s=m().alerts,o=h(),a=y(f("/notify"),{topic:"slos"});return e("section",{class:"card flush",children:[e("div",{class:"card-head",children:e("h2",
{children:s.who})}),e(k,{resource:a,what:s.who,children:({targets:i,findings:r})=>e(p,{children:[i.length===0?e("p",{class:"state muted",children:s.nobodyTold}):
e("table",{"aria-label":s.who,children:[e("thead",{children:e("tr",{children:[e("th",{scope:"col",children:s.target}),e("th",{scope:"col",children:s.state}),e("\
th",{scope:"col",class:"num",children:s.waiting}),e("th",{scope:"col",class:"num",children:s.givenUp}),e("th",{scope:"col",class:"num hide-s",children:s.silences})]})}),
e("tbody",{children:i.map(t=>e("tr",{children:[e("td",{children:[t.name," ",e("span",{class:"sub",children:t.type})]}),e("td",{children:[e(v,{tone:t.failing?"cr\
it":"ok",children:t.failing?s.failing:s.delivers}),t.failing&&e("div",{class:"sub",children:s.failingText(o.time(Date.parse(t.failing.since),g.value),t.failing.
tries,t.failing.reason)})]}),e("td",{class:"num",children:o.count(t.waiting)}),e("td",{class:"num",title:t.lastGivenUp??void 0,children:o.count(t.givenUp)}),e("\
td",{class:"num hide-s",title:t.silences?.failing??void 0,children:t.silences&&o.count(t.silences.active)})]},t.name))})]}),r.map(t=>e("pre",{class:"state sub",
children:t},t))]})})]})}var G={fired:"crit",escalated:"crit",pending:"warn",resolved:"ok",frozen:"frozen",acknowledged:"info"},U=25;function H({slo:s,service:o}){
let a=m().alerts,i=h(),[r,t]=b(U),l=y(f("/alerts",{history:"true",limit:r,slo:s,service:o}),{topic:"timeline",keep:!0});return e("section",{class:"card flush",children:[
e("div",{class:"card-head",children:e("h2",{children:a.history})}),e(k,{resource:l,what:a.history,children:({items:c,next:n})=>e(p,{children:[c.length===0&&e("p",
{class:"state muted",children:a.noHistory}),e("ul",{class:"alert-changes",children:c.map(d=>e("li",{class:"row tight",children:[e("time",{class:"sub",dateTime:d.
at,title:i.instant(Date.parse(d.at)),children:i.time(Date.parse(d.at),g.value)}),e(v,{tone:G[d.change]??"none",children:d.severity}),e("a",{class:"link",href:u(
"slo",{name:d.slo}),children:d.text})]},d.id))}),n&&e("button",{type:"button",class:"btn small",onClick:()=>t(r+2*U),children:a.more})]})})]})}var I={firing:"crit",pending:"warn",frozen:"frozen",inactive:"none"},B=["firing","frozen","pending","inactive"];function q(s,o,a){let i=t=>o==="all"||(o==="acti\
ve"?t.state!=="inactive":t.state===o||t.level===o),r=t=>t.acknowledged||t.silenced?1:0;return s.filter(t=>i(t)&&D(a,`${t.name} ${t.service} ${t.severity}`)!==null).
sort((t,l)=>B.indexOf(t.state)-B.indexOf(l.state)||r(t)-r(l)||(l.since??"").localeCompare(t.since??"")||t.name.localeCompare(l.name))}function F(s){let o=i=>(i.
longBurn??0)/i.threshold;return(s.conditions??[]).filter(i=>i.reachable).sort((i,r)=>+(r.holds===!0)-+(i.holds===!0)||o(r)-o(i))[0]??null}function Ae({query:s}){let o=m().alerts;P(o.title);let[a,i]=b(null),{slo:r,service:t}=s,l=y(f("/alerts",{all:"true",slo:r,service:t}),{topic:"slos",keep:!0}),c=(n,d)=>E(
u("alerts",{},{...s,...n}),{replace:d});return e(p,{children:[l.old&&e($,{resource:l,what:o.title}),e("div",{class:"row",children:[e("label",{class:"search",children:[
e(w,{name:"search"}),e("span",{class:"sr",children:o.find}),e("input",{class:"input",type:"search","data-filter":!0,placeholder:o.find,value:s.q,onInput:n=>c({q:n.
currentTarget.value},!0)})]}),e(N,{label:o.state,values:C,now:s.state,text:n=>o.states[n],choose:n=>c({state:n},!1)}),[r&&{slo:""},t&&{service:""}].map(n=>n&&e(
"button",{type:"button",class:"btn small",onClick:()=>c(n,!1),children:["slo"in n?r:t," ",e(w,{name:"x"})]},Object.keys(n)[0]))]}),e("section",{class:"card flus\
h",children:e(k,{resource:l,what:o.title,rows:6,children:n=>e(M,{alerts:q(n.items,s.state,s.q),total:n.items.length,query:s,dimmed:l.old,take:i})})}),e(Q,{}),e(
H,{slo:r,service:t}),a&&e(_,{alert:a,onClose:()=>i(null),done:l.retry})]})}function M({alerts:s,total:o,query:a,dimmed:i,take:r}){let t=m().alerts,l=h(),c=n=>l.
relative(Date.parse(n),Math.max(g.value,Date.parse(n)));if(s.length===0){let n=a.state==="active"&&!a.q;return e(L,{title:n?t.quiet:t.nothing,tone:n?"ok":void 0,
children:[n&&e("p",{children:t.quietText}),o>0&&e("a",{class:"btn",href:u("alerts",{},{state:"all"}),children:t.showAll})]})}return e(z,{label:t.table,class:"al\
ert-table",dimmed:i,rows:s,rowKey:n=>`${n.slo} ${n.objective} ${n.severity}`,rowHref:n=>u("slo",{name:n.slo}),columns:[{key:"state",head:t.state,cell:n=>e(v,{tone:I[n.
state],title:n.frozen?t.frozen[n.frozen.reason]:void 0,children:t.states[n.state]})},{key:"alert",head:t.alert,cell:n=>e(p,{children:[e("a",{class:"link",href:u(
"slo",{name:n.slo}),children:n.name})," ",e("span",{class:"sub",children:[n.severity," · ",n.service]}),n.frozen&&e("div",{class:"sub",children:t.frozen[n.frozen.
reason]??n.frozen.reason}),n.silenced&&e("div",{class:"sub",title:n.silenced.comment,children:t.silenced(n.silenced.by||t.nobody,l.time(Date.parse(n.silenced.until),
g.value))})]})},{key:"burn",head:t.burn,wideOnly:!0,cell:n=>{let d=F(n);return d&&e("span",{class:"sub",children:t.burnText(l.burn(d.longBurn),l.window(d.long),
l.burn(d.threshold))})}},{key:"since",head:t.since,class:"time",wideOnly:!0,cell:n=>n.since&&e("time",{dateTime:n.since,title:l.instant(Date.parse(n.since)),children:c(
n.since)})},{key:"care",head:t.care,cell:n=>n.acknowledged?t.acknowledged(n.acknowledged.by||t.nobody,c(n.acknowledged.at)):n.id&&e("button",{type:"button",class:"\
btn small",onClick:()=>r(n),children:t.acknowledge})},{key:"traces",head:t.traces,wideOnly:!0,cell:n=>e("a",{class:"link",href:u("traces",{},{q:`service="${n.service}\
" error`}),"aria-label":t.tracesOf(n.name),children:t.traces})}]})}function _({alert:s,onClose:o,done:a}){let i=m().alerts,[r,t]=b(A("person")??""),l=async c=>{
c.preventDefault(),x("person",r||null);try{await T(f(`/alerts/${encodeURIComponent(s.id??"")}/ack`),S.peek(),void 0,JSON.stringify({by:r})),a()}catch(n){O(i.ackFailed(
String(n instanceof Error?n.message:n)))}o()};return e(R,{label:i.acknowledge,onClose:o,children:[e("div",{class:"dialog-head",children:e("h2",{children:i.acknowledge})}),
e("form",{class:"dialog-body grid",onSubmit:c=>{l(c)},children:[e("p",{children:i.ackText(`${s.name} (${s.severity})`)}),e("label",{class:"field",children:[i.yourName,
e("input",{class:"input",maxLength:200,autofocus:!0,value:r,onInput:c=>t(c.currentTarget.value)})]}),e("div",{class:"row tight",children:[e("button",{type:"subm\
it",class:"btn primary",children:i.acknowledge}),e("button",{type:"button",class:"btn",onClick:o,children:i.cancel})]})]})]})}export{Ae as AlertsPage};
