import{A as T,B as x,G as A,I as m,J as h,La as P,N as y,Pa as D,Q as g,T as S,Vb as R,W as C,Xb as L,Y as v,_ as E,a as p,c as b,ca as z,ea as k,h as e,hc as $,
k as f,m as w,mc as N,na as O,nc as U,oa as u}from"./chunk.js";function H(){let s=m().alerts,i=h(),a=y(f("/notify"),{topic:"slos"});return e("section",{class:"card flush",children:[e("div",{class:"card-head",children:e("h2",
{children:s.who})}),e(k,{resource:a,what:s.who,children:({targets:o,findings:r})=>e(p,{children:[o.length===0?e("p",{class:"state muted",children:s.nobodyTold}):
e("table",{"aria-label":s.who,children:[e("thead",{children:e("tr",{children:[e("th",{scope:"col",children:s.target}),e("th",{scope:"col",children:s.state}),e("\
th",{scope:"col",class:"num",children:s.waiting}),e("th",{scope:"col",class:"num",children:s.givenUp}),e("th",{scope:"col",class:"num hide-s",children:s.silences})]})}),
e("tbody",{children:o.map(t=>e("tr",{children:[e("td",{children:[t.name," ",e("span",{class:"sub",children:t.type})]}),e("td",{children:[e(v,{tone:t.failing?"cr\
it":"ok",children:t.failing?s.failing:s.delivers}),t.failing&&e("div",{class:"sub",children:s.failingText(i.time(Date.parse(t.failing.since),g.value),t.failing.
tries,t.failing.reason)})]}),e("td",{class:"num",children:i.count(t.waiting)}),e("td",{class:"num",title:t.lastGivenUp??void 0,children:i.count(t.givenUp)}),e("\
td",{class:"num hide-s",title:t.silences?.failing??void 0,children:t.silences&&i.count(t.silences.active)})]},t.name))})]}),r.map(t=>e("pre",{class:"state sub",
children:t},t))]})})]})}var _={fired:"crit",escalated:"crit",pending:"warn",resolved:"ok",frozen:"frozen",acknowledged:"info"},Q=25;function B({slo:s,service:i}){
let a=m().alerts,o=h(),[r,t]=b(Q),l=y(f("/alerts",{history:"true",limit:r,slo:s,service:i}),{topic:"timeline",keep:!0});return e("section",{class:"card flush",children:[
e("div",{class:"card-head",children:e("h2",{children:a.history})}),e(k,{resource:l,what:a.history,children:({items:c,next:n})=>e(p,{children:[c.length===0&&e("p",
{class:"state muted",children:a.noHistory}),e("ul",{class:"alert-changes",children:c.map(d=>e("li",{class:"row tight",children:[e("time",{class:"sub",dateTime:d.
at,title:o.instant(Date.parse(d.at)),children:o.time(Date.parse(d.at),g.value)}),e(v,{tone:_[d.change]??"none",children:d.severity}),e("a",{class:"link",href:u(
"slo",{name:d.slo}),children:d.text})]},d.id))}),n&&e("button",{type:"button",class:"btn small",onClick:()=>t(r+2*Q),children:a.more})]})})]})}var G={firing:"crit",pending:"warn",frozen:"frozen",inactive:"none"},F=["firing","frozen","pending","inactive"];function I(s,i,a){let o=t=>i==="all"||(i==="acti\
ve"?t.state!=="inactive":t.state===i||t.level===i),r=t=>t.acknowledged||t.silenced?1:0;return s.filter(t=>o(t)&&L(a,`${t.name} ${t.service} ${t.severity}`)!==null).
sort((t,l)=>F.indexOf(t.state)-F.indexOf(l.state)||r(t)-r(l)||(l.since??"").localeCompare(t.since??"")||t.name.localeCompare(l.name))}function M(s){let i=o=>(o.
longBurn??0)/o.threshold;return(s.conditions??[]).filter(o=>o.reachable).sort((o,r)=>+(r.holds===!0)-+(o.holds===!0)||i(r)-i(o))[0]??null}function Se({query:s}){let i=m().alerts;R(i.title);let[a,o]=b(null),{slo:r,service:t}=s,l=y(f("/alerts",{all:"true",slo:r,service:t}),{topic:"slos",keep:!0}),c=(n,d)=>P(
u("alerts",{},{...s,...n}),{replace:d});return e(p,{children:[l.old&&e(z,{resource:l,what:i.title}),e("div",{class:"row",children:[e(N,{label:i.find,text:s.q,onText:n=>c(
{q:n},!0)}),e(U,{label:i.state,values:O,now:s.state,text:n=>i.states[n],choose:n=>c({state:n},!1)}),[r&&{slo:""},t&&{service:""}].map(n=>n&&e("button",{type:"bu\
tton",class:"btn small",onClick:()=>c(n,!1),children:["slo"in n?r:t," ",e(C,{name:"x"})]},Object.keys(n)[0]))]}),e("section",{class:"card flush",children:e(k,{resource:l,
what:i.title,rows:6,children:n=>e(q,{alerts:I(n.items,s.state,s.q),total:n.items.length,query:s,dimmed:l.old,take:o})})}),e(H,{}),e(B,{slo:r,service:t}),a&&e(J,
{alert:a,onClose:()=>o(null),done:l.retry})]})}function q({alerts:s,total:i,query:a,dimmed:o,take:r}){let t=m().alerts,l=h(),c=n=>l.relative(Date.parse(n),Math.
max(g.value,Date.parse(n)));if(s.length===0){let n=a.state==="active"&&!a.q;return e(E,{title:n?t.quiet:t.nothing,tone:n?"ok":void 0,children:[n&&e("p",{children:t.
quietText}),i>0&&e("a",{class:"btn",href:u("alerts",{},{state:"all"}),children:t.showAll})]})}return e(D,{label:t.table,class:"alert-table",dimmed:o,rows:s,rowKey:n=>`${n.
slo} ${n.objective} ${n.severity}`,rowHref:n=>u("slo",{name:n.slo}),columns:[{key:"state",head:t.state,cell:n=>e(v,{tone:G[n.state],title:n.frozen?t.frozen[n.frozen.
reason]:void 0,children:t.states[n.state]})},{key:"alert",head:t.alert,cell:n=>e(p,{children:[e("a",{class:"link",href:u("slo",{name:n.slo}),children:n.name}),"\
 ",e("span",{class:"sub",children:[n.severity," · ",n.service]}),n.frozen&&e("div",{class:"sub",children:t.frozen[n.frozen.reason]??n.frozen.reason}),n.silenced&&
e("div",{class:"sub",title:n.silenced.comment,children:t.silenced(n.silenced.by||t.nobody,l.time(Date.parse(n.silenced.until),g.value))})]})},{key:"burn",head:t.
burn,wideOnly:!0,cell:n=>{let d=M(n);return d&&e("span",{class:"sub",children:t.burnText(l.burn(d.longBurn),l.window(d.long),l.burn(d.threshold))})}},{key:"sinc\
e",head:t.since,class:"time",wideOnly:!0,cell:n=>n.since&&e("time",{dateTime:n.since,title:l.instant(Date.parse(n.since)),children:c(n.since)})},{key:"care",head:t.
care,cell:n=>n.acknowledged?t.acknowledged(n.acknowledged.by||t.nobody,c(n.acknowledged.at)):n.id&&e("button",{type:"button",class:"btn small",onClick:()=>r(n),
children:t.acknowledge})},{key:"traces",head:t.traces,wideOnly:!0,cell:n=>e("a",{class:"link",href:u("traces",{},{q:`service="${n.service}" error`}),"aria-label":t.
tracesOf(n.name),children:t.traces})}]})}function J({alert:s,onClose:i,done:a}){let o=m().alerts,[r,t]=b(T("person")??""),l=async c=>{c.preventDefault(),x("pers\
on",r||null);try{await w(f(`/alerts/${encodeURIComponent(s.id??"")}/ack`),A.peek(),void 0,JSON.stringify({by:r})),a()}catch(n){S(o.ackFailed(String(n instanceof
Error?n.message:n)))}i()};return e($,{label:o.acknowledge,onClose:i,children:[e("div",{class:"dialog-head",children:e("h2",{children:o.acknowledge})}),e("form",
{class:"dialog-body grid",onSubmit:c=>{l(c)},children:[e("p",{children:o.ackText(`${s.name} (${s.severity})`)}),e("label",{class:"field",children:[o.yourName,e(
"input",{class:"input",maxLength:200,autofocus:!0,value:r,onInput:c=>t(c.currentTarget.value)})]}),e("div",{class:"row tight",children:[e("button",{type:"submit",
class:"btn primary",children:o.acknowledge}),e("button",{type:"button",class:"btn",onClick:i,children:o.cancel})]})]})]})}export{Se as AlertsPage};
