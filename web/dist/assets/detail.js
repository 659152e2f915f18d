import{$ as V,C as Y,Fa as Bt,G as wt,I as m,J as h,La as At,N as L,Q as M,Sa as Dt,Ta as Lt,Ua as It,V as xt,Vb as Ut,W as tt,Y as W,Z as lt,_ as Mt,a as x,ba as it,
c as P,ca as kt,d as K,ea as Q,f as at,fa as $t,g as ft,ga as Tt,gc as Z,h as e,hc as Nt,i as gt,jc as Et,k as C,ka as Pt,kc as jt,l as ht,lc as _t,m as yt,n as vt,
oa as H,sa as Ct,sc as nt,va as et,w as St,wa as Rt,xa as st,ya as Ot,za as ut}from"./chunk.js";function _({heads:t,num:o,rows:n,class:s}){let a=r=>o.includes(r)?"num":void 0;return e("div",{class:"scroll",children:e("table",{class:s,children:[e("thead",{children:e(
"tr",{children:t.map((r,l)=>e("th",{scope:"col",class:a(l),children:r},l))})}),e("tbody",{children:n.map(([r,...l])=>e("tr",{children:l.map((i,u)=>e("td",{class:a(
u),children:i},u))},r))})]})})}var pe={firing:"crit",pending:"warn",frozen:"none",inactive:"ok"};function zt({alerts:t,items:o}){let n=m().slo;return e("section",{class:"card",children:[e("h2",
{children:n.alerts}),e(Q,{resource:t,what:n.alerts,rows:3,children:()=>o.length===0?e("p",{class:"muted",children:n.alertsNone}):e("ul",{class:"alerts",children:o.
map(s=>e(me,{alert:s,retry:t.retry},s.severity))})})]})}function me({alert:t,retry:o}){let n=m().slo,s=h(),a=i=>s.time(Date.parse(i),M.value),{acknowledged:r,silenced:l}=t;
return e("li",{children:[e("span",{class:"row tight",children:[e("b",{children:n.severities[t.severity]??t.severity}),e(W,{tone:pe[t.state]??"none",children:n.alertStates[t.
state]??t.state}),t.since&&t.state!=="inactive"&&e("span",{class:"sub",children:n.since(a(t.since))}),e("span",{class:"spring"}),t.state==="firing"&&!r&&e("butt\
on",{type:"button",class:"btn small",onClick:()=>{Dt(t.id).then(o)},children:n.acknowledge})]}),t.text&&e("span",{class:"muted",children:t.text}),r&&e("span",{class:"\
sub",children:n.acknowledgedBy(r.by,a(r.at))}),l&&e("span",{class:"sub",children:n.silencedBy(l.by,a(l.until),l.comment)})]})}function Qt(t,o){return o==="sli"?t.sli:o==="budget"?t.forecast??t.budget:t.good+t.bad}var z=t=>Date.parse(t.start),ot=t=>z(t)+t.points.length*t.stepUs/1e3;function Ht(t,o){
let n=[],s=0,a=t.points.map(r=>r.budget);for(let r=1;r<=a.length;r++){let[l,i]=[a[r-1],a[r]??null];if(l!==null&&i!==null&&i>=l)continue;let[u,p]=[a[s],l];s>0&&u!==
null&&p!==null&&p-u>=.05&&n.push({at:r-1,gained:p-u,leftMs:z(t)+((r-1)*t.stepUs-o)/1e3}),s=r}return n.sort((r,l)=>l.gained-r.gained).slice(0,3)}var Ft=10;function Wt(t,o){
let n=Math.round((o-z(t))*1e3/t.stepUs),s=(a,r)=>t.points.slice(Math.max(0,a),Math.max(0,r)).reduce((l,i)=>({good:l.good+i.good,bad:l.bad+i.bad}),{good:0,bad:0});
return{before:s(n-Ft,n),after:s(n,n+Ft)}}var ct=({good:t,bad:o})=>t+o===0?null:o/(t+o);function Gt(t,o,n){if(t.length===0)return null;let s=o?t.findIndex(a=>a.at===
o.at&&a.lane===o.lane&&a.subject===o.subject):-1;return s<0?t[n>0?0:t.length-1]:t[Math.min(t.length-1,Math.max(0,s+n))]}function qt(t,o){let[n,s,a]=[0,0,!0];for(let[
,r,l,i,u]of t.cells){if(n+=l,s+=i,o===null||u===0)continue;let[p,c]=t.buckets[r],b=Math.min(1,Math.max(0,(c+1-o)/(c+1-p)));s+=u*b,b>0&&b<1&&(a=!1)}return{good:n-
s,bad:s,isExact:a}}var Xt=({good:t,bad:o},n)=>t+o===0?null:o/((t+o)*(1-n));function dt(t,o,n){let s=t.good+t.bad;return s===0||n===0?null:o/s*n}function Vt(t,o,n,s){
let a=[`--- a/${t}`,`+++ b/${t}`,`@@ SLO ${o.name} @@`];return n!==o.target&&a.push(`-    target: ${o.target}`,`+    target: ${n}`),s&&a.push(`-    duration<${s[0]}`,
`+    duration<${s[1]}`),a.join(`
`)+`
`}var pt=t=>t%1e6===0?`${t/1e6}s`:t>=1e3?`${Math.round(t/1e3)}ms`:`${Math.round(t)}us`;var q=220,R=48,be=6,F=10,fe=20,mt=16,ge=14,he=4,ye=-1,ve=["deploy","alert","gate","policy","freeze","exclusion"],Se={deploy:"info",alert:"crit",gate:"frozen",policy:"\
warn",freeze:"frozen",exclusion:"none"};function Zt(t){let o=at(null),n=Et(o);return e("div",{ref:o,class:"chart",style:{minHeight:`${q}px`},children:n>0&&e(we,
{...t,width:n})})}function we({series:t,tab:o,target:n,levels:s,returns:a,markers:r,chosen:l,choose:i,zoom:u,reset:p,width:c}){let b=m().slo,f=h(),S=at(null),[y,
I]=P(null),[v,k]=[z(t),ot(t)],A=t.points.map(d=>Qt(d,o)),O=A.filter(d=>d!==null);if(O.length<2)return e("p",{class:"muted",children:b.chartNone});let[B,j]=ke(o,
O,n),D=c-be,w=ve.filter(d=>r.some($=>$.lane===d)),T=q-fe,G=q+w.length*mt,U=d=>R+Math.min(1,Math.max(0,(d-v)/(k-v)))*(D-R),X=d=>v+Math.min(1,Math.max(0,(d-R)/(D-
R)))*(k-v),g=d=>F+(1-(Math.max(B,Math.min(j,d))-B)/(j-B))*(T-F),N=d=>U(v+(d+1)*t.stepUs/1e3),J=d=>o==="budget"?f.budget(d):o==="sli"?f.sli(d,n):f.count(d),ie=A.
map((d,$)=>d===null?"":`${(A[$-1]??null)===null?"M":"L"}${N($).toFixed(1)} ${g(d).toFixed(1)}`).join(""),bt=St(v,k,Math.max(2,Math.floor((D-R)/96)),-new Date(k).
getTimezoneOffset()*6e4),ue=o==="budget"?[1,.5,0,-.5,-1].filter(d=>d>=B):[B,(B+j)/2,j],rt=d=>d.clientX-d.currentTarget.getBoundingClientRect().left,ce=d=>{let $=r.
map(E=>({marker:E,away:Math.abs(U(Date.parse(E.at))-d)})).sort((E,de)=>E.away-de.away)[0];i($&&$.away<=ge?$.marker:null)};return e(x,{children:[e("svg",{width:c,
height:G,role:"img","aria-label":b.chartText(b.tabs[o],J(O[0]),J(O[O.length-1]),f.time(v,M.value),f.time(k,M.value),r.length),onPointerDown:d=>{d.button===0&&(S.
current=rt(d),d.currentTarget.setPointerCapture(d.pointerId))},onPointerMove:d=>{let $=rt(d);Z.value=$<R?null:X($),S.current!==null&&Math.abs($-S.current)>=he&&
I([Math.min($,S.current),Math.max($,S.current)])},onPointerUp:d=>{S.current=null,y?u(X(y[0]),X(y[1])):ce(rt(d)),I(null)},onPointerLeave:()=>Z.value=null,onDblClick:p,
children:[e("defs",{children:e("pattern",{id:"overdraft",width:"6",height:"6",patternUnits:"userSpaceOnUse",patternTransform:"rotate(45)",children:[e("rect",{width:"\
6",height:"6",class:"overdraft"}),e("line",{x1:"0",x2:"0",y1:"0",y2:"6",class:"hatch"})]})}),o==="budget"&&B<0&&e("rect",{fill:"url(#overdraft)",x:R,y:g(0),width:D-
R,height:g(B)-g(0)}),bt.at.map(d=>e("g",{children:[e("line",{class:"rule",x1:U(d),x2:U(d),y1:F,y2:T}),e("text",{x:U(d),y:q-5,"text-anchor":"middle",children:f.tick(
d,bt.stepMs)})]},d)),ue.map(d=>e("g",{children:[e("line",{class:o==="budget"&&d===0?"zero":"rule",x1:R,x2:D,y1:g(d),y2:g(d)}),e("text",{x:R-6,y:g(d)+4,"text-anc\
hor":"end",children:J(d)})]},d)),o==="sli"&&e("line",{class:"level",x1:R,x2:D,y1:g(n),y2:g(n)}),o==="budget"&&s.map(d=>e("g",{children:[e("line",{class:"level",
x1:R,x2:D,y1:g(d.at),y2:g(d.at)}),e("text",{class:"over",x:R+4,y:g(d.at)-3,children:d.name})]},d.name)),o==="requests"?e($e,{series:t,x:N,y:g,bottom:T,step:(D-R)/
t.points.length}):e("path",{class:"line",d:ie}),o==="budget"&&a.map((d,$)=>e("g",{class:"back",children:[e("circle",{cx:N(d.at),cy:g(A[d.at]??0),r:"3"}),e("text",
{x:N(d.at),y:F+12+$*14,"text-anchor":N(d.at)<c/2?"start":"end",children:b.cameBack(f.budget(d.gained),f.time(d.leftMs,M.value))})]},d.at)),w.map((d,$)=>e("g",{class:`\
lane ${Se[d]}`,children:[e("text",{x:R-6,y:q+$*mt+11,"text-anchor":"end",children:b.lanes[d].short}),r.filter(E=>E.lane===d).map(E=>e(Te,{marker:E,x:U,y:q+$*mt+
7,top:F},E.at+E.subject))]},d)),l&&e("line",{class:"chosen",x1:U(Date.parse(l.at)),x2:U(Date.parse(l.at)),y1:F,y2:G}),e(xe,{startMs:v,x:U,bottom:T}),y&&e("rect",
{class:"dragged",x:y[0],y:F,width:y[1]-y[0],height:T-F})]}),e(Me,{series:t,says:d=>A[d]===null?m().status.none:J(A[d])})]})}function xe({startMs:t,x:o,bottom:n}){
let s=Z.value;return s===null||s<t?null:e("line",{class:"cross",x1:o(s),x2:o(s),y1:F,y2:n})}function Me({series:t,says:o}){let n=m().slo,s=h(),a=Z.value,r=a===null?
-1:Math.floor((a-z(t))*1e3/t.stepUs),l=t.points[r];return e("p",{class:"sub readout","aria-hidden":"true",children:a!==null&&l?`${s.time(a,M.value)} · ${o(r)} \
· ${n.goodBad(s.count(l.good),s.count(l.bad))}`:n.chartHint})}function ke(t,o,n){let[s,a]=[Math.min(...o),Math.max(...o)];return t==="budget"?[Math.max(ye,Math.
min(0,s))-(s<0?.1:0),1]:t==="requests"?[0,Math.max(1,a)]:[Math.min(s,n-(1-n)),1]}function $e({series:t,x:o,y:n,bottom:s,step:a}){let r=(l,i)=>i===0?"":`M${(o(l)-
a).toFixed(1)} ${s}V${Math.min(s-1,n(i)).toFixed(1)}h${Math.max(.6,a-.4).toFixed(1)}V${s}z`;return e(x,{children:[e("path",{class:"good",d:t.points.map((l,i)=>r(
i,l.good+l.bad)).join("")}),e("path",{class:"bad",d:t.points.map((l,i)=>r(i,l.bad)).join("")})]})}function Te({marker:t,x:o,y:n,top:s}){let a=o(Date.parse(t.at));
return e(x,{children:[t.until&&e("rect",{x:a,y:n-3,width:Math.max(2,o(Date.parse(t.until))-a),height:"6",rx:"3"}),t.lane==="deploy"&&e("line",{class:"deploy",x1:a,
x2:a,y1:s,y2:n}),e("path",{d:`M${a} ${n-5}l4.5 5-4.5 5-4.5-5z`,children:e("title",{children:t.text})})]})}function Jt({series:t,markers:o,target:n}){let s=m().slo,
a=h(),r=z(t);return e("div",{class:"heat-table",tabIndex:0,role:"region","aria-label":s.budgetOverTime,children:e(_,{heads:[s.until,s.tabs.budget,s.tabs.sli,s.good,
s.bad,s.happened],num:[1,2,3,4],rows:t.points.map((l,i)=>({point:l,fromMs:r+i*t.stepUs/1e3,toMs:r+(i+1)*t.stepUs/1e3})).filter(({point:l})=>l.good+l.bad>0).reverse().
map(({point:l,fromMs:i,toMs:u})=>[String(u),a.time(u,M.value),a.budget(l.forecast??l.budget),a.sli(l.sli,n),a.count(l.good),a.count(l.bad),o.filter(p=>Date.parse(
p.at)>=i&&Date.parse(p.at)<u).map(p=>p.text).join(" · ")])})})}function Kt({items:t,chosen:o,choose:n}){let s=m().slo;return e("div",{class:"seg wraps",role:"group","aria-label":s.objectives,children:t.map(a=>e("button",{type:"\
button","aria-pressed":a.objective===o.objective,onClick:()=>n(a.objective),children:[a.composite?s.composite:a.objective," ",h().budget(a.budget)]},a.objective))})}
function Yt({slo:t}){let o=m().slo,n=h();return!t.groupBy||!t.groups?null:e("section",{class:"card",children:[e("h2",{children:o.byTag(t.groupBy)}),e(_,{heads:[
t.groupBy,"SLI",o.budget,o.bad],num:[1,3],rows:[...t.groups].sort((s,a)=>(s.budget??1/0)-(a.budget??1/0)).map(s=>[s.value,s.value,n.sli(s.sli,t.target),e("div",
{class:"budget",children:s.budget===null?m().status.none:e(Lt,{budget:s.budget,name:s.value})}),n.count(s.bad)])})]})}function te({slo:t,amendments:o}){let n=m().
slo,s=h(),a=c=>s.time(Date.parse(c),M.value),[r,l]=P(""),i=L(C("/reports",{slo:t.name,month:r}),{keep:!0}).data,u=t.exclusions??[],p=i?.items.filter(c=>c.objective===
t.objective)??[];return p.length+u.length+o.length===0&&!t.history?null:e("section",{class:"card",children:[e("div",{class:"card-head",children:[e("h2",{children:n.
history}),e("span",{class:"spring"}),i&&i.months.length>1&&e("label",{class:"choose",children:[e("span",{class:"sub",children:n.month}),e("select",{class:"input",
value:i.month??"",onChange:c=>l(c.currentTarget.value),children:i.months.map(c=>e("option",{children:c},c))})]})]}),t.history&&e("p",{class:"muted",children:[n.
countedFrom(a(t.history.from))," ",t.history.estimatedUntil&&n.estimatedUntil(a(t.history.estimatedUntil))]}),e("ul",{class:"history",children:[p.map(c=>e("li",
{children:[n.monthReport(c.month,s.sli(c.sli,c.target),s.budget(c.budget))," ",c.amendments>0&&e("span",{class:"sub",children:n.nAmendments(c.amendments)})]},c.
month)),u.map(c=>e("li",{children:[n.excluded(c.name,c.reason,c.approvedBy,s.count(c.good+c.bad))," ",c.where&&e("code",{children:c.where})," ",e("span",{class:"\
sub",children:c.times.slice(0,3).map(b=>`${a(b.from)} – ${a(b.until)}`).join(" · ")})]},c.name)),o.slice(0,5).map(c=>e("li",{children:n.amended(c.from?a(c.from):
"–",`${s.count(c.before.good)}+${s.count(c.before.bad)}`,`${s.count(c.after.good)}+${s.count(c.after.bad)}`)},c.at+c.from))]})]})}function ee({service:t,gate:o,policy:n}){let s=m(),[a,r]=P(null),l=()=>{yt(C(`/gate/${encodeURIComponent(t)}`),wt.peek()).then(u=>r({answer:u}),u=>r({problem:u instanceof
ht?u.problem:{title:String(u),status:gt}}))},i=a?.answer?.verdict??n.data?.verdict??o;return e("section",{class:"card policy",children:[e("div",{class:"card-hea\
d",children:[e("h2",{children:s.slo.gateTitle}),e("span",{class:"muted",children:t}),e("span",{class:"spring"}),i==="held"?e(W,{tone:"frozen",children:s.status.
held}):e(W,{tone:"ok",children:s.slo.gateAllowed})]}),e(Q,{resource:n,what:s.slo.policy,rows:4,children:u=>e(Pe,{policy:u})}),a?.problem&&e(V,{what:s.slo.gateTitle,
problem:a.problem,retry:l}),a?.answer&&e("p",{class:"gate-text",role:"status",children:s.slo.gateRecorded(a.answer.text??"")}),e("div",{class:"row tight screen-\
only",children:[e("button",{type:"button",class:"btn",onClick:l,children:s.slo.gateAsk}),e("code",{children:`nines gate check ${t}`})]})]})}function Pe({policy:t}){
let o=m().slo,n=h(),s=r=>n.time(Date.parse(r),M.value),{exceptions:a}=t;return e("dl",{children:[e("dt",{children:o.rule}),e("dd",{children:[t.policy==="default"?
o.ruleDefault:t.policy,t.place&&e("code",{children:` ${t.place.file}:${t.place.line}`}),t.states&&e("ul",{children:t.states.map((r,l)=>e("li",{"aria-current":r.
name===t.state?"true":void 0,children:[e("b",{children:r.name})," ",e("span",{class:"sub",children:[r.above===null?o.stateRest:o.stateAbove(n.budget(r.above)),...Ce(
r)].join(" · ")})]},r.name))}),t.state&&t.since&&e("p",{class:"sub",children:o.stateSince(t.state,s(t.since))})]}),e("dt",{children:o.inputs}),e("dd",{children:e(
"ul",{children:[t.reasons.map(r=>e("li",{class:r.holds?"holds":"sub",children:r.text},r.text)),t.freezes.map(r=>e("li",{children:o.freeze(r.name,s(r.until),r.reason)},
r.name)),t.reasons.length+t.freezes.length===0&&e("li",{class:"sub",children:o.inputsNone})]})}),e("dt",{children:o.result}),e("dd",{children:[t.text,t.changesAt&&
e("p",{class:"sub",children:o.changesAt(s(t.changesAt))}),t.wouldChange.length>0&&e("ul",{children:t.wouldChange.map(r=>e("li",{class:"sub",children:r},r))})]}),
e("dt",{children:o.override}),e("dd",{children:[o.tokens(a.left,a.of,n.window(a.per),a.approverNotRequester),e("ul",{children:a.items.map(r=>e("li",{class:"sub",
children:o.exception(r.change,r.approvedBy,s(r.expiresAt))},r.name))})]})]})}function Ce(t){let o=m().slo;return[t.freeze&&o.doesFreeze,t.allow&&o.doesAllow(h().
list(t.allow)),t.requireApproval.length>0&&o.doesApprove(h().list(t.requireApproval)),t.maxDeploysPerDay!==null&&o.doesLimit(t.maxDeploysPerDay),t.canaryMax!==null&&
o.doesCanary(t.canaryMax)].filter(n=>typeof n=="string")}function se({slo:t,latency:o,limitUs:n,setLimit:s,query:a,set:r,place:l}){let i=m().slo,u=h(),[p,c]=nt(a.target,g=>r({target:g},!0)),[b,f]=P(!1),S=Ae(p),y=[...new Set(
[...$t,Number((t.target*100).toFixed(6))])].sort((g,N)=>g-N),I=y.includes(Number(p))?Number(p):Number((t.target*100).toFixed(6)),v=I===Number((t.target*100).toFixed(
6))?t.target:Tt(I),k=o?.thresholdUs??null,A=k===null?[]:[...new Set([...o?.buckets.map(([,g])=>g+1)??[],k,n??k])].sort((g,N)=>g-N),O=k===null||n===k,B=O||!o?{good:t.
good,bad:t.bad,isExact:t.method==="Occurrences"}:qt(o,n),j=t.composite?null:O&&v===t.target&&t.budget!==null?1-t.budget:Xt(B,v),D=!t.composite&&(t.page?(Y(t.page.
short)??0)>=Be:!1),w=L(!D||Number(S||I)!==I?null:C(`/slos/${encodeURIComponent(t.name)}/whatif`,{objective:t.objective,target:`${I},${t.target*100}`}),{keep:!0}),
[T,G]=[t.target,v].map(g=>w.data?.items.find(N=>Math.abs(N.target-g)<1e-9)),U=v!==t.target||!O,X=t.window??t.calendar?.duration??"";return t.composite?null:e("s\
ection",{class:"card whatif",children:[e("h2",{children:i.whatIf}),e("label",{children:[e("span",{children:[i.target," ",e("b",{children:u.target(v)})]}),e("inp\
ut",{type:"range",min:"0",max:y.length-1,value:y.indexOf(I),"aria-valuetext":u.target(v),onInput:g=>c(String(y[Number(g.currentTarget.value)]))})]}),k!==null&&n!==
null&&e("label",{children:[e("span",{children:[i.threshold," ",e("b",{children:u.duration(n)})]}),e("input",{type:"range",min:"0",max:A.length-1,value:A.indexOf(
n),"aria-valuetext":u.duration(n),onInput:g=>s(String(A[Number(g.currentTarget.value)]))})]}),e("p",{role:"status",children:[j===null?m().status.none:i.wouldUse(
u.target(v),k!==null&&n!==null?u.duration(n):"",u.window(X),`${B.isExact?"":"≈ "}${u.budget(j)}`)," ",G&&T&&(G===T?i.pagesAre(T.pages):i.pagesWould(G.pages,T.
pages))]}),!O&&e("p",{class:"sub",children:i.whatIfStored}),e("div",{class:"row tight",children:[e("button",{type:"button",class:"btn",disabled:!U,onClick:()=>f(
!0),children:i.propose}),U&&e("button",{type:"button",class:"btn quiet",onClick:()=>{c(""),s("")},children:i.reset})]}),b&&e(Nt,{label:i.propose,onClose:()=>f(!1),
children:e(Re,{text:Vt(l,t,v,O||k===null||n===null?null:[pt(k),pt(n)]),close:()=>f(!1)})})]})}function Re({text:t,close:o}){let n=m();return e(x,{children:[e("d\
iv",{class:"dialog-head",children:[e("h2",{children:n.slo.propose}),e("button",{type:"button",class:"btn small",onClick:o,children:n.shell.close})]}),e("div",{class:"\
dialog-body grid",children:[e("p",{class:"muted",children:n.slo.proposeHow}),e("pre",{tabIndex:0,children:t}),e("div",{class:"row",children:e("button",{type:"bu\
tton",class:"btn primary",onClick:()=>{xt(t)},children:n.shell.copy})})]})]})}var Oe=400,Be=3e8;function Ae(t){let[o,n]=P(t);return K(()=>{let s=setTimeout(()=>n(
t),Oe);return()=>clearTimeout(s)},[t]),o}var Le=t=>Math.min(6e4,Math.max(5e3,t/1e3/20)),ne=12;function oe({slo:t,windowUs:o,query:n,set:s,place:a}){let r=`/slos/${encodeURIComponent(t.name)}`,l=n.from&&
n.to?{from:n.from,to:n.to}:{},i=L(C(`${r}/latency`,{objective:t.objective,...l}),{keep:!0}),u=Ue(n.sel),p=L(C(`${r}/events`,{objective:t.objective,limit:ne*4,...u?
{from:new Date(u.fromMs).toISOString(),to:new Date(u.toMs).toISOString(),longer:`${u.fromUs}us`,shorter:`${u.toUs}us`}:l}),{keep:!0});re(()=>{n.to||(i.retry(),u||
p.retry())},Le(o));let[c,b]=nt(n.threshold,S=>s({threshold:S},!0)),f=Number(c)>0?Number(c):i.data?.thresholdUs??null;return e(x,{children:[e("div",{class:"grid \
overview-low",children:[e(Ne,{latency:i,limitUs:f,setLimit:b,box:u,set:s}),e(je,{events:p,box:u,set:s})]}),e("div",{class:"grid overview-low",children:[e(Fe,{slo:t,
events:p}),e(se,{slo:t,latency:i.data,limitUs:f,setLimit:b,query:n,set:s,place:a})]})]})}var Ie=t=>t?[t.fromMs,t.toMs,t.fromUs,t.toUs].join(","):"";function Ue(t){
let[o,n,s,a]=t.split(",").map(Number);return[o,n,s,a].every(Number.isFinite)&&n>o?{fromMs:o,toMs:n,fromUs:s,toUs:a}:null}function Ne({latency:t,limitUs:o,setLimit:n,
box:s,set:a}){let r=m().slo,[l,i]=P(!1),u=t.data,p=u?.thresholdUs!=null,c=ft(()=>u?.start?Ee(u,p?o:null):null,[u,o]),b=S=>a({sel:Ie(S)},!0),f=(S,y)=>a({from:new Date(
S).toISOString(),to:new Date(y).toISOString(),sel:""});return e("section",{class:"card",children:[e("div",{class:"card-head",children:[e("h2",{children:r.latency}),
e("span",{class:"spring"}),e("button",{type:"button",class:"btn small screen-only","aria-pressed":l,onClick:()=>i(!l),children:l?m().chart.asChart:m().chart.asTable})]}),
e(Q,{resource:t,what:r.latency,rows:6,children:()=>!c||c.rows.length===0?e("p",{class:"muted",children:r.latencyNone}):l?e(_t,{grid:c,label:r.latency,onBox:b}):
e(jt,{label:r.latencyText,grid:c,box:s,onBox:b,onZoom:f,threshold:p&&o!==null?{us:o,label:r.threshold,onMove:S=>n(String(S))}:void 0})}),e(it,{gaps:u?.partial})]})}
function Ee(t,o){let n=Date.parse(t.start??t.from),s=t.stepUs/1e3,a=t.cells.map(([r,l,i,u,p])=>{let[c,b]=t.buckets[l],f=o===null?0:Math.min(1,Math.max(0,(b+1-o)/
(b+1-c)));return{atMs:n+r*s,bucket:{fromUs:c,toUs:b},spans:i,errors:u+Math.round(p*f)}});return vt({fromMs:Date.parse(t.from),toMs:Date.parse(t.to),stepMs:s,parts:t.
bucketsPerDoubling},a,o===null?[]:[o])}function je({events:t,box:o,set:n}){let s=m().slo,a=h();return e("section",{class:"card",children:[e("h2",{children:s.share}),
e(it,{gaps:t.data?.partial}),o&&e("p",{class:"row tight sub",children:[s.selected(a.time(o.fromMs,M.value),a.time(o.toMs,M.value),a.duration(o.fromUs),a.duration(
o.toUs)),e("button",{type:"button",class:"btn small",onClick:()=>n({sel:""},!0),children:s.clearSelection})]}),e(Q,{resource:t,what:s.share,rows:4,children:({shared:r,
looked:l,filters:i})=>l.bad===0?e("p",{class:"muted",children:s.shareNoBad}):r.length===0?e("p",{class:"muted",children:s.shareNone(l.bad)}):e(x,{children:[e(_,
{class:"shared",heads:[s.value,s.ofBad,s.ofGood,e("span",{class:"sr",children:s.seeTraces})],num:[1,2,3],rows:r.map(({key:u,value:p,badShare:c,goodShare:b})=>[u+
p,e(x,{children:[e("code",{children:[u,"=",e("b",{children:p})]}),e("div",{class:"twin","aria-hidden":"true",children:[e("i",{class:"bad",style:{width:`${c*100}\
%`}}),e("i",{class:"good",style:{width:`${b*100}%`}})]})]}),a.share(c),a.share(b),[["+",s.include,i.bad[0],""],["−",s.exclude,i.bad[0],"-"],["≡",s.seeAll,i.
valid[0],""]].map(([f,S,y,I])=>e("a",{class:"btn small icon-only",href:ze(y,I,u,p),"aria-label":S(u,p),title:S(u,p),children:f},f))])}),e("p",{class:"sub",children:s.
looked(a.count(l.bad),a.count(l.valid))})]})})]})}var _e=t=>/^[\w./:-]+$/.test(t)?t:`"${t.replace(/["\\]/g,"\\$&")}"`;function ze(t,o,n,s){let a=`${n==="op"||n===
"service"||!/^(op|service|kind|remote|duration|trace|id|error|root|shared|debug)$/.test(n)?n:`tag.${n}`}=${_e(s)}`;return H("traces",{},{q:[t??"",o+a].filter(Boolean).
join(" ")})}function Fe({slo:t,events:o}){let n=m().slo,s=h(),a=et(t);return e("section",{class:"card",children:[e("h2",{children:n.spentIt}),e(Q,{resource:o,what:n.
spentIt,rows:6,children:({items:r,filters:l})=>{let i=new Map;for(let u of r)i.set(u.traceId,[...i.get(u.traceId)??[],u]);return i.size===0?e("p",{class:"muted",
children:n.shareNoBad}):e(x,{children:[e(_,{heads:[n.when,n.request,n.took,n.ofBudget],num:[2,3],rows:[...i].slice(0,ne).map(([u,[p,...c]])=>[u,e("span",{class:"\
sub",children:s.time(Date.parse(p.at),M.value)}),e(x,{children:[e("a",{class:"link",href:H("trace",{id:u},{span:p.spanId}),children:p.name||p.service})," ",p.status&&
e("code",{children:p.status})," ",e("span",{class:"muted",children:c.length>0?n.moreBad(c.length):""})]}),s.duration(p.durationUs),t.method==="Occurrences"&&a>0?
s.share((c.length+1)/a):"–"])}),l.bad.map(u=>e("p",{children:[e("a",{class:"link",href:H("traces",{},{q:u}),children:n.allTraces})," ",e("code",{class:"sub",children:u})]},
u))]})}})]})}var Qe=400;function In({name:t,query:o}){let n=m(),s=L(C(`/slos/${encodeURIComponent(t)}`),{topic:"slos"}),a=s.data?.items??[],r=a.find(i=>i.objective===o.objective)??
a.find(i=>i.composite)??a[0];if(Ut(r?st(r):t,r?`${st(r)}: ${r.budget===null?n.status.none:n.slo.left(h().budget(r.budget))}`:t),!r)return s.problem?.status===404||
s.data?e("section",{class:"card",children:e(Mt,{title:n.slo.unknown(t),children:e("a",{class:"btn",href:H("slos",{}),children:n.slo.toAll})})}):e("section",{class:"\
card",children:s.problem?e(V,{what:t,problem:s.problem,retry:s.retry}):e(lt,{rows:8})});let l=(i,u=!1)=>At(H("slo",{name:t},{...o,...i}),{replace:u});return e(x,
{children:[s.old&&e(kt,{resource:s,what:st(r)}),e(He,{slo:r,items:a,detail:s.data,set:l}),e(qe,{slo:r,query:o,set:l,place:s.data?.definition?`${s.data.definition.
file}`:""},r.objective),e("div",{class:"grid halves",children:[e(Yt,{slo:r}),e(te,{slo:r,amendments:s.data?.amendments??[]})]})]})}function He({slo:t,items:o,detail:n,
set:s}){let a=m().slo,r=h(),l=t.window?a.window(r.window(t.window)):t.calendar?a.calendar(r.window(t.calendar.duration),t.calendar.timeZone):"",i=n?.definition;
return e(x,{children:[e("div",{class:"row",children:[e(It,{slo:t}),e(Ge,{slo:t}),e("span",{class:"muted",children:[Ot(t),t.description,t.service,l].filter(Boolean).
join(" · ")}),e("span",{class:"spring"}),i&&e("span",{class:"sub",children:[a.definedIn," ",e("code",{children:`${i.file}:${i.line}:${i.column}`})]}),e("button",
{type:"button",class:"btn small screen-only",onClick:()=>print(),children:[e(tt,{name:"file"}),a.report]})]}),o.length>1&&e(Kt,{items:o,chosen:t,choose:u=>s({objective:u})}),
t.explanation&&e("p",{class:"muted",children:[t.explanation,"."]})]})}var We={firing:"crit",recovering:"info",rising:"warn",quiet:"ok"};function ae({state:t}){return e(
W,{tone:We[t],children:m().slo[t]})}function Ge({slo:t}){let o=t.page;if(!o||t.state==="unmeasured")return null;let n=ut(o.longBurn,o.shortBurn,o.threshold);return n===
"quiet"?null:e(ae,{state:n})}function qe({slo:t,query:o,set:n,place:s}){let a=t.window?Y(t.window)??0:t.calendar?.from?(Date.parse(t.calendar.until??"")-Date.parse(
t.calendar.from))*1e3:0,r=L(C(`/policies/${encodeURIComponent(t.service)}`),{topic:"timeline",keep:!0}),l=L(C("/alerts",{slo:t.name,all:"true"}),{topic:"slos",keep:!0}),
i=l.data?.items.filter(u=>u.objective===t.objective)??[];return e(x,{children:[e(Xe,{slo:t,windowUs:a,policy:r.data}),e("div",{class:"grid overview-low",children:[
e(Ve,{slo:t,windowUs:a,query:o,set:n,policy:r.data}),e(Ke,{slo:t,alerts:i})]}),e(oe,{slo:t,windowUs:a,query:o,set:n,place:s}),e("div",{class:"grid halves",children:[
e(ee,{service:t.service,gate:t.gate,policy:r}),e(zt,{alerts:l,items:i})]})]})}function Xe({slo:t,windowUs:o,policy:n}){let s=m(),a=h(),l=et(t)-t.bad,i=t.method!==
"RatioTimeslices"&&!t.composite,u=l<0?dt(t,-l,o):dt(t,l,o),p=i?Rt(t):null;return e("section",{class:"tiles","aria-label":s.overview.numbers,children:[e("div",{class:"\
card tile",children:[e("span",{class:"sub",children:"SLI"}),e("b",{children:[t.isEstimate&&t.sli!==null&&e("abbr",{title:s.slo.estimate,children:"~"}),a.sli(t.sli,
t.target)]}),e("span",{class:"sub",children:s.slo.detailTarget(a.target(t.target))}),!t.composite&&e("span",{class:"sub",children:t.method==="Timeslices"?s.slo.
goodBadSlices(a.count(t.good),a.count(t.bad)):s.slo.goodBad(a.count(t.good),a.count(t.bad))}),t.raw&&e("span",{class:"sub",children:s.slo.rawIs(a.sli(t.raw.sli,
t.target))}),t.coverage<.99&&t.sli!==null&&e("span",{class:"sub",children:s.slo.coverage(a.share(t.coverage))})]}),e("div",{class:`card tile${(t.budget??1)<=0?"\
 alarm":""}`,children:[e("span",{class:"sub",children:s.slo.budget}),e("b",{children:a.budget(t.budget)}),t.budget!==null&&i&&e("span",{class:"sub",children:l<0?
s.slo.exceeded(a.count(Math.ceil(-l))):s.slo.leftOver(a.count(Math.floor(l)))}),t.budget!==null&&i&&u!==null&&u>0&&e("span",{class:"sub",children:s.slo.outage(a.
length(u))}),p!==null&&e("span",{class:"sub",children:s.slo.oneFailure(a.share(p))}),t.raw&&e("span",{class:"sub",children:s.slo.rawIs(a.budget(t.raw.budget))})]}),
e("div",{class:"card tile",children:[e("span",{class:"sub",children:s.slo.burn}),e("b",{children:`${a.burn(t.burn["1h"]??null)} / ${a.burn(t.burn["6h"]??null)}`}),
e("span",{class:"sub",children:le(t)})]}),e("div",{class:"card tile",children:[e("span",{class:"sub",children:s.slo.policy}),e("b",{children:t.gate==="held"?s.status.
held:s.slo.gateAllowed}),e("span",{class:"sub",children:n?.state?s.slo.inState(n.state,n.policy):n?.text})]})]})}function le(t){let o=m().slo,n=Ct(t);return t.budget===
null?m().status.none:t.budget<=0?o.paceGone:n===null?o.paceLasts:o.pace(h().length(n))}function Ve({slo:t,windowUs:o,query:n,set:s,policy:a}){let r=m().slo,l=h(),
[i,u]=P(!1),[p,c]=P(null),b=n.from&&n.to?{from:n.from,to:n.to}:{},f=`/slos/${encodeURIComponent(t.name)}`,S=n.to?void 0:"slos",y=L(C(`${f}/series`,{objective:t.
objective,...b}),{topic:S,keep:!0}),v=L(C(`${f}/markers`,b),{topic:"timeline",keep:!0}).data?.items??[],k=w=>c(T=>Gt(v,T,w)),A=m().keys;Bt([{keys:".",label:A.nextMarker,
group:"slo",run:()=>k(1)},{keys:",",label:A.previousMarker,group:"slo",run:()=>k(-1)}]);let O=(w,T)=>{(T-w)*1e3*Qe<o||T-w<2e3||s({from:new Date(w).toISOString(),
to:new Date(T).toISOString()})},B=()=>s({from:"",to:""}),j=(a?.states??[]).flatMap(w=>w.above!==null&&w.above>0?[{at:w.above,name:r.below(w.name,l.budget(w.above))}]:
[]),D=t.window?l.window(t.window):l.window(t.calendar?.duration??"");return e("section",{class:"card",children:[e("div",{class:"card-head",children:[e("h2",{children:t.
window?r.budgetRolling(D):r.budgetCalendar(D)}),e("span",{class:"spring"}),e("div",{class:"seg",role:"group","aria-label":r.shows,children:Pt.map(w=>e("button",
{type:"button","aria-pressed":n.tab===w,onClick:()=>s({tab:w},!0),children:r.tabs[w]},w))}),e("button",{type:"button",class:"btn small screen-only","aria-presse\
d":i,onClick:()=>u(!i),children:i?m().chart.asChart:m().chart.asTable})]}),y.data?i?e(Jt,{series:y.data,markers:v,target:t.target}):e(x,{children:[e(Zt,{series:y.
data,tab:n.tab,target:t.target,levels:j,returns:t.window?Ht(y.data,o):[],markers:v,chosen:p,choose:c,zoom:O,reset:B}),e(Ze,{series:y.data,markers:v,chosen:p,step:k,
zoom:O,reset:n.from?B:null}),p&&e(Je,{series:y.data,marker:p})]}):y.problem?e(V,{what:r.budgetOverTime,problem:y.problem,retry:y.retry}):e(lt,{rows:5})]})}function Ze({
series:t,markers:o,chosen:n,step:s,zoom:a,reset:r}){let l=m().slo,[i,u]=[z(t),ot(t)],p=n?Date.parse(n.at):u,c=(u-i)/4;return e("div",{class:"row tight screen-on\
ly",children:[e("button",{type:"button",class:"btn small",onClick:()=>{let f=Math.min(u,Math.max(i+2*c,p+c));a(f-2*c,f)},children:[e(tt,{name:"zoom-in"}),l.zoomIn]}),
r&&e(x,{children:[e("button",{type:"button",class:"btn small",onClick:()=>a(i-2*c,u-2*c),children:l.earlier}),e("button",{type:"button",class:"btn small",onClick:r,
children:[e(tt,{name:"maximize"}),l.wholeWindow]})]}),e("span",{class:"spring"}),o.length>0&&e(x,{children:[e("span",{class:"sub",children:l.nMarkers(o.length)}),
e("button",{type:"button",class:"btn small",onClick:()=>s(-1),children:[l.markerBefore," ",e("kbd",{children:","})]}),e("button",{type:"button",class:"btn small",
onClick:()=>s(1),children:[l.markerAfter," ",e("kbd",{children:"."})]})]})]})}function Je({series:t,marker:o}){let n=m().slo,s=h(),{before:a,after:r}=Wt(t,Date.
parse(o.at)),[l,i]=[ct(a),ct(r)],u=p=>p===null?"–":s.share(p);return e("p",{class:"marker",role:"status",children:[e("b",{children:`${s.time(Date.parse(o.at),
M.value)} · ${n.lanes[o.lane].long}`})," ",o.text,o.until&&` (${n.untilTime(s.time(Date.parse(o.until),M.value))})`,e("span",{class:"sub",children:n.beforeAfter(
u(l),s.count(a.good+a.bad),u(i),s.count(r.good+r.bad))}),o.lane==="deploy"&&o.service&&e("a",{class:"link",href:H("traces",{},{q:`service=${o.service} version=${o.
subject}`}),children:n.tracesOfVersion(o.subject)})]})}function Ke({slo:t,alerts:o}){let n=m().slo,s=h(),a=o.flatMap(r=>(r.conditions??[]).map(l=>({...l,severity:r.
severity})));return e("section",{class:"card",children:[e("h2",{children:n.burnByWindow}),e(_,{class:"burns",heads:[n.burnWindow,n.burnRate,n.burnLimit,n.burnState],
num:[1,2],rows:a.length===0?Object.entries(t.burn).map(([r,l])=>[r,s.window(r),s.burn(l),"",""]):a.map(r=>[r.severity+r.long+r.short,e(x,{children:[e("span",{class:"\
sub",children:n.pair(s.window(r.long),s.window(r.short))}),e("div",{class:`bar ${r.holds?"crit":""}`,"aria-hidden":"true",children:e("i",{style:{width:`${Math.min(
100,(r.longBurn??0)/r.threshold*100)}%`}})})]}),`${s.burn(r.longBurn)} / ${s.burn(r.shortBurn)}`,s.burn(r.threshold),r.reachable?e(ae,{state:ut(r.longBurn,r.shortBurn,
r.threshold)}):e("span",{class:"sub",children:n.unreachable})])}),e("p",{class:"sub",children:le(t)})]})}function re(t,o){let n=Math.floor(M.value/o),[s]=P(n);K(
()=>{n!==s&&t()},[n])}export{ae as BurnStatePill,In as SloDetailPage,re as useBeat};
