import{$ as tt,$b as jt,Aa as Ct,B as Y,Ba as Ot,Ca as Bt,Ea as st,Eb as Dt,F as St,H as m,I as h,M as L,P as M,Qb as V,R as wt,Rb as Lt,S as xt,Sb as it,Tb as It,
Ub as Z,Wb as Ut,Xb as H,Y as Mt,Zb as Nt,_b as Et,a as x,aa as kt,ba as et,c as R,ca as $t,d as K,da as lt,ea as Tt,f as at,fc as nt,g as bt,h as e,i as ft,ia as W,
j as P,k as gt,ka as Rt,l as ht,m as yt,oa as Q,rb as At,sa as Pt,v as vt}from"./chunk.js";function _({heads:t,num:o,rows:n,class:s}){let r=a=>o.includes(a)?"num":void 0;return e("div",{class:"scroll",children:e("table",{class:s,children:[e("thead",{children:e(
"tr",{children:t.map((a,l)=>e("th",{scope:"col",class:r(l),children:a},l))})}),e("tbody",{children:n.map(([a,...l])=>e("tr",{children:l.map((i,u)=>e("td",{class:r(
u),children:i},u))},a))})]})})}var de={firing:"crit",pending:"warn",frozen:"none",inactive:"ok"};function _t({alerts:t,items:o}){let n=m().slo;return e("section",{class:"card",children:[e("h2",
{children:n.alerts}),e(H,{resource:t,what:n.alerts,rows:3,children:()=>o.length===0?e("p",{class:"muted",children:n.alertsNone}):e("ul",{class:"alerts",children:o.
map(s=>e(pe,{alert:s,retry:t.retry},s.severity))})})]})}function pe({alert:t,retry:o}){let n=m().slo,s=h(),r=i=>s.time(Date.parse(i),M.value),{acknowledged:a,silenced:l}=t;
return e("li",{children:[e("span",{class:"row tight",children:[e("b",{children:n.severities[t.severity]??t.severity}),e(W,{tone:de[t.state]??"none",children:n.alertStates[t.
state]??t.state}),t.since&&t.state!=="inactive"&&e("span",{class:"sub",children:n.since(r(t.since))}),e("span",{class:"spring"}),t.state==="firing"&&!a&&e("butt\
on",{type:"button",class:"btn small",onClick:()=>{Ct(t.id).then(o)},children:n.acknowledge})]}),t.text&&e("span",{class:"muted",children:t.text}),a&&e("span",{class:"\
sub",children:n.acknowledgedBy(a.by,r(a.at))}),l&&e("span",{class:"sub",children:n.silencedBy(l.by,r(l.until),l.comment)})]})}function Ft(t,o){return o==="sli"?t.sli:o==="budget"?t.forecast??t.budget:t.good+t.bad}var z=t=>Date.parse(t.start),ot=t=>z(t)+t.points.length*t.stepUs/1e3;function Qt(t,o){
let n=[],s=0,r=t.points.map(i=>i.budget);for(let i=1;i<=r.length;i++){let[u,p]=[r[i-1],r[i]??null];if(u!==null&&p!==null&&p>=u)continue;let[c,b]=[r[s],u];s>0&&c!==
null&&b!==null&&b-c>=.05&&n.push({at:i-1,gained:b-c,leftMs:z(t)+((i-1)*t.stepUs-o)/1e3}),s=i}let a=.25*r.length,l=[];for(let i of n.sort((u,p)=>p.gained-u.gained))
l.length<3&&l.every(u=>Math.abs(u.at-i.at)>=a)&&l.push(i);return l}var zt=10;function Ht(t,o){let n=Math.round((o-z(t))*1e3/t.stepUs),s=(r,a)=>t.points.slice(Math.
max(0,r),Math.max(0,a)).reduce((l,i)=>({good:l.good+i.good,bad:l.bad+i.bad}),{good:0,bad:0});return{before:s(n-zt,n),after:s(n,n+zt)}}var ut=({good:t,bad:o})=>t+
o===0?null:o/(t+o);function Wt(t,o,n){if(t.length===0)return null;let s=o?t.findIndex(r=>r.at===o.at&&r.lane===o.lane&&r.subject===o.subject):-1;return s<0?t[n>
0?0:t.length-1]:t[Math.min(t.length-1,Math.max(0,s+n))]}function Gt(t,o){let[n,s,r]=[0,0,!0];for(let[,a,l,i,u]of t.cells){if(n+=l,s+=i,o===null||u===0)continue;
let[p,c]=t.buckets[a],b=Math.min(1,Math.max(0,(c+1-o)/(c+1-p)));s+=u*b,b>0&&b<1&&(r=!1)}return{good:n-s,bad:s,isExact:r}}var qt=({good:t,bad:o},n)=>t+o===0?null:
o/((t+o)*(1-n));function ct(t,o,n){let s=t.good+t.bad;return s===0||n===0?null:o/s*n}function Xt(t,o,n,s){let r=[`--- a/${t}`,`+++ b/${t}`,`@@ SLO ${o.name} @@`];
return n!==o.target&&r.push(`-    target: ${o.target}`,`+    target: ${n}`),s&&r.push(`-    duration<${s[0]}`,`+    duration<${s[1]}`),r.join(`
`)+`
`}var dt=t=>t%1e6===0?`${t/1e6}s`:t>=1e3?`${Math.round(t/1e3)}ms`:`${Math.round(t)}us`;var q=220,C=48,me=6,F=10,be=20,pt=16,fe=14,ge=4,he=-1,ye=["deploy","alert","gate","policy","freeze","exclusion"],ve={deploy:"info",alert:"crit",gate:"frozen",policy:"\
warn",freeze:"frozen",exclusion:"none"};function Vt(t){let o=at(null),n=Nt(o);return e("div",{ref:o,class:"chart",style:{minHeight:`${q}px`},children:n>0&&e(Se,
{...t,width:n})})}function Se({series:t,tab:o,target:n,levels:s,returns:r,markers:a,chosen:l,choose:i,zoom:u,reset:p,width:c}){let b=m().slo,f=h(),S=at(null),[y,
I]=R(null),[v,k]=[z(t),ot(t)],A=t.points.map(d=>Ft(d,o)),O=A.filter(d=>d!==null);if(O.length<2)return e("p",{class:"muted",children:b.chartNone});let[B,j]=Me(o,
O,n),D=c-me,w=ye.filter(d=>a.some($=>$.lane===d)),T=q-be,G=q+w.length*pt,U=d=>C+Math.min(1,Math.max(0,(d-v)/(k-v)))*(D-C),X=d=>v+Math.min(1,Math.max(0,(d-C)/(D-
C)))*(k-v),g=d=>F+(1-(Math.max(B,Math.min(j,d))-B)/(j-B))*(T-F),N=d=>U(v+(d+1)*t.stepUs/1e3),J=d=>o==="budget"?f.budget(d):o==="sli"?f.sli(d,n):f.count(d),le=A.
map((d,$)=>d===null?"":`${(A[$-1]??null)===null?"M":"L"}${N($).toFixed(1)} ${g(d).toFixed(1)}`).join(""),mt=vt(v,k,Math.max(2,Math.floor((D-C)/96)),-new Date(k).
getTimezoneOffset()*6e4),ie=o==="budget"?[1,.5,0,-.5,-1].filter(d=>d>=B):[B,(B+j)/2,j],rt=d=>d.clientX-d.currentTarget.getBoundingClientRect().left,ue=d=>{let $=a.
map(E=>({marker:E,away:Math.abs(U(Date.parse(E.at))-d)})).sort((E,ce)=>E.away-ce.away)[0];i($&&$.away<=fe?$.marker:null)};return e(x,{children:[e("svg",{width:c,
height:G,role:"img","aria-label":b.chartText(b.tabs[o],J(O[0]),J(O[O.length-1]),f.time(v,M.value),f.time(k,M.value),a.length),onPointerDown:d=>{d.button===0&&(S.
current=rt(d),d.currentTarget.setPointerCapture(d.pointerId))},onPointerMove:d=>{let $=rt(d);V.value=$<C?null:X($),S.current!==null&&Math.abs($-S.current)>=ge&&
I([Math.min($,S.current),Math.max($,S.current)])},onPointerUp:d=>{S.current=null,y?u(X(y[0]),X(y[1])):ue(rt(d)),I(null)},onPointerLeave:()=>V.value=null,onDblClick:p,
children:[e("defs",{children:e("pattern",{id:"overdraft",width:"6",height:"6",patternUnits:"userSpaceOnUse",patternTransform:"rotate(45)",children:[e("rect",{width:"\
6",height:"6",class:"overdraft"}),e("line",{x1:"0",x2:"0",y1:"0",y2:"6",class:"hatch"})]})}),o==="budget"&&B<0&&e("rect",{fill:"url(#overdraft)",x:C,y:g(0),width:D-
C,height:g(B)-g(0)}),mt.at.map(d=>e("g",{children:[e("line",{class:"rule",x1:U(d),x2:U(d),y1:F,y2:T}),e("text",{x:U(d),y:q-5,"text-anchor":"middle",children:f.tick(
d,mt.stepMs)})]},d)),ie.map(d=>e("g",{children:[e("line",{class:o==="budget"&&d===0?"zero":"rule",x1:C,x2:D,y1:g(d),y2:g(d)}),e("text",{x:C-6,y:g(d)+4,"text-anc\
hor":"end",children:J(d)})]},d)),o==="sli"&&e("line",{class:"level",x1:C,x2:D,y1:g(n),y2:g(n)}),o==="budget"&&s.map(d=>e("g",{children:[e("line",{class:"level",
x1:C,x2:D,y1:g(d.at),y2:g(d.at)}),e("text",{class:"over",x:C+4,y:g(d.at)-3,children:d.name})]},d.name)),o==="requests"?e(ke,{series:t,x:N,y:g,bottom:T,step:(D-C)/
t.points.length}):e("path",{class:"line",d:le}),o==="budget"&&r.map(d=>e("text",{class:"back",x:N(d.at),y:Math.max(F+10,g(A[d.at]??0)-6),"text-anchor":N(d.at)<c/
2?"start":"end",children:b.cameBack(f.budget(d.gained),f.time(d.leftMs,M.value))},d.at)),w.map((d,$)=>e("g",{class:`lane ${ve[d]}`,children:[e("text",{x:C-6,y:q+
$*pt+11,"text-anchor":"end",children:b.lanes[d].short}),a.filter(E=>E.lane===d).map(E=>e($e,{marker:E,x:U,y:q+$*pt+7,top:F},E.at+E.subject))]},d)),l&&e("line",{
class:"chosen",x1:U(Date.parse(l.at)),x2:U(Date.parse(l.at)),y1:F,y2:G}),e(we,{startMs:v,x:U,bottom:T}),y&&e("rect",{class:"dragged",x:y[0],y:F,width:y[1]-y[0],
height:T-F})]}),e(xe,{series:t,says:d=>A[d]===null?m().status.none:J(A[d])})]})}function we({startMs:t,x:o,bottom:n}){let s=V.value;return s===null||s<t?null:e(
"line",{class:"cross",x1:o(s),x2:o(s),y1:F,y2:n})}function xe({series:t,says:o}){let n=m().slo,s=h(),r=V.value,a=r===null?-1:Math.floor((r-z(t))*1e3/t.stepUs),l=t.
points[a];return e("p",{class:"sub readout","aria-hidden":"true",children:r!==null&&l?`${s.time(r,M.value)} · ${o(a)} · ${n.goodBad(s.count(l.good),s.count(l.
bad))}`:n.chartHint})}function Me(t,o,n){let[s,r]=[Math.min(...o),Math.max(...o)];return t==="budget"?[Math.max(he,Math.min(0,s))-(s<0?.1:0),1]:t==="requests"?[
0,Math.max(1,r)]:[Math.min(s,n-(1-n)),1]}function ke({series:t,x:o,y:n,bottom:s,step:r}){let a=(l,i)=>i===0?"":`M${(o(l)-r).toFixed(1)} ${s}V${Math.min(s-1,n(i)).
toFixed(1)}h${Math.max(.6,r-.4).toFixed(1)}V${s}z`;return e(x,{children:[e("path",{class:"good",d:t.points.map((l,i)=>a(i,l.good+l.bad)).join("")}),e("path",{class:"\
bad",d:t.points.map((l,i)=>a(i,l.bad)).join("")})]})}function $e({marker:t,x:o,y:n,top:s}){let r=o(Date.parse(t.at));return e(x,{children:[t.until&&e("rect",{x:r,
y:n-3,width:Math.max(2,o(Date.parse(t.until))-r),height:"6",rx:"3"}),t.lane==="deploy"&&e("line",{class:"deploy",x1:r,x2:r,y1:s,y2:n}),e("path",{d:`M${r} ${n-5}\
l4.5 5-4.5 5-4.5-5z`,children:e("title",{children:t.text})})]})}function Zt({series:t,markers:o,target:n}){let s=m().slo,r=h(),a=z(t);return e("div",{class:"hea\
t-table",tabIndex:0,role:"region","aria-label":s.budgetOverTime,children:e(_,{heads:[s.until,s.tabs.budget,s.tabs.sli,s.good,s.bad,s.happened],num:[1,2,3,4],rows:t.
points.map((l,i)=>({point:l,fromMs:a+i*t.stepUs/1e3,toMs:a+(i+1)*t.stepUs/1e3})).filter(({point:l})=>l.good+l.bad>0).reverse().map(({point:l,fromMs:i,toMs:u})=>[
String(u),r.time(u,M.value),r.budget(l.forecast??l.budget),r.sli(l.sli,n),r.count(l.good),r.count(l.bad),o.filter(p=>Date.parse(p.at)>=i&&Date.parse(p.at)<u).map(
p=>p.text).join(" · ")])})})}function Jt({items:t,chosen:o,choose:n}){let s=m().slo;return e("div",{class:"seg wraps",role:"group","aria-label":s.objectives,children:t.map(r=>e("button",{type:"\
button","aria-pressed":r.objective===o.objective,onClick:()=>n(r.objective),children:[r.composite?s.composite:r.objective," ",h().budget(r.budget)]},r.objective))})}
function Kt({slo:t}){let o=m().slo,n=h();return!t.groupBy||!t.groups?null:e("section",{class:"card",children:[e("h2",{children:o.byTag(t.groupBy)}),e(_,{heads:[
t.groupBy,"SLI",o.budget,o.bad],num:[1,3],rows:[...t.groups].sort((s,r)=>(s.budget??1/0)-(r.budget??1/0)).map(s=>[s.value,s.value,n.sli(s.sli,t.target),e("div",
{class:"budget",children:s.budget===null?m().status.none:e(Ot,{budget:s.budget,name:s.value})}),n.count(s.bad)])})]})}function Yt({slo:t,amendments:o}){let n=m().
slo,s=h(),r=c=>s.time(Date.parse(c),M.value),[a,l]=R(""),i=L(P("/reports",{slo:t.name,month:a}),{keep:!0}).data,u=t.exclusions??[],p=i?.items.filter(c=>c.objective===
t.objective)??[];return p.length+u.length+o.length===0&&!t.history?null:e("section",{class:"card",children:[e("div",{class:"card-head",children:[e("h2",{children:n.
history}),e("span",{class:"spring"}),i&&i.months.length>1&&e("label",{class:"choose",children:[e("span",{class:"sub",children:n.month}),e("select",{class:"input",
value:i.month??"",onChange:c=>l(c.currentTarget.value),children:i.months.map(c=>e("option",{children:c},c))})]})]}),t.history&&e("p",{class:"muted",children:[n.
countedFrom(r(t.history.from))," ",t.history.estimatedUntil&&n.estimatedUntil(r(t.history.estimatedUntil))]}),e("ul",{class:"history",children:[p.map(c=>e("li",
{children:[n.monthReport(c.month,s.sli(c.sli,c.target),s.budget(c.budget))," ",c.amendments>0&&e("span",{class:"sub",children:n.nAmendments(c.amendments)})]},c.
month)),u.map(c=>e("li",{children:[n.excluded(c.name,c.reason,c.approvedBy,s.count(c.good+c.bad))," ",e("span",{class:"sub",children:c.times.slice(0,3).map(b=>`${r(
b.from)} – ${r(b.until)}`).join(" · ")})]},c.name)),o.slice(0,5).map(c=>e("li",{children:n.amended(c.from?r(c.from):"–",`${s.count(c.before.good)}+${s.count(
c.before.bad)}`,`${s.count(c.after.good)}+${s.count(c.after.bad)}`)},c.at+c.from))]})]})}function te({service:t,gate:o,policy:n}){let s=m(),[r,a]=R(null),l=()=>{ht(P(`/gate/${encodeURIComponent(t)}`),St.peek()).then(u=>a({answer:u}),u=>a({problem:u instanceof
gt?u.problem:{title:String(u),status:ft}}))},i=r?.answer?.verdict??n.data?.verdict??o;return e("section",{class:"card policy",children:[e("div",{class:"card-hea\
d",children:[e("h2",{children:s.slo.gateTitle}),e("span",{class:"muted",children:t}),e("span",{class:"spring"}),i==="held"?e(W,{tone:"frozen",children:s.status.
held}):e(W,{tone:"ok",children:s.slo.gateAllowed})]}),e(H,{resource:n,what:s.slo.policy,rows:4,children:u=>e(Te,{policy:u})}),r?.problem&&e(Z,{what:s.slo.gateTitle,
problem:r.problem,retry:l}),r?.answer&&e("p",{class:"gate-text",role:"status",children:s.slo.gateRecorded(r.answer.text??"")}),e("div",{class:"row tight screen-\
only",children:[e("button",{type:"button",class:"btn",onClick:l,children:s.slo.gateAsk}),e("code",{children:`nines gate check ${t}`})]})]})}function Te({policy:t}){
let o=m().slo,n=h(),s=a=>n.time(Date.parse(a),M.value),{exceptions:r}=t;return e("dl",{children:[e("dt",{children:o.rule}),e("dd",{children:[t.policy==="default"?
o.ruleDefault:t.policy,t.place&&e("code",{children:` ${t.place.file}:${t.place.line}`}),t.states&&e("ul",{children:t.states.map((a,l)=>e("li",{"aria-current":a.
name===t.state?"true":void 0,children:[e("b",{children:a.name})," ",e("span",{class:"sub",children:[a.above===null?o.stateRest:o.stateAbove(n.budget(a.above)),...Re(
a)].join(" · ")})]},a.name))}),t.state&&t.since&&e("p",{class:"sub",children:o.stateSince(t.state,s(t.since))})]}),e("dt",{children:o.inputs}),e("dd",{children:e(
"ul",{children:[t.reasons.map(a=>e("li",{class:a.holds?"holds":"sub",children:a.text},a.text)),t.freezes.map(a=>e("li",{children:o.freeze(a.name,s(a.until),a.reason)},
a.name)),t.reasons.length+t.freezes.length===0&&e("li",{class:"sub",children:o.inputsNone})]})}),e("dt",{children:o.result}),e("dd",{children:[t.text,t.changesAt&&
e("p",{class:"sub",children:o.changesAt(s(t.changesAt))}),t.wouldChange.length>0&&e("ul",{children:t.wouldChange.map(a=>e("li",{class:"sub",children:a},a))})]}),
e("dt",{children:o.override}),e("dd",{children:[o.tokens(r.left,r.of,n.window(r.per),r.approverNotRequester),e("ul",{children:r.items.map(a=>e("li",{class:"sub",
children:o.exception(a.change,a.approvedBy,s(a.expiresAt))},a.name))})]})]})}function Re(t){let o=m().slo;return[t.freeze&&o.doesFreeze,t.allow&&o.doesAllow(h().
list(t.allow)),t.requireApproval.length>0&&o.doesApprove(h().list(t.requireApproval)),t.maxDeploysPerDay!==null&&o.doesLimit(t.maxDeploysPerDay),t.canaryMax!==null&&
o.doesCanary(t.canaryMax)].filter(n=>typeof n=="string")}function ee({slo:t,latency:o,limitUs:n,setLimit:s,query:r,set:a,place:l}){let i=m().slo,u=h(),[p,c]=nt(r.target,g=>a({target:g},!0)),[b,f]=R(!1),S=Be(p),y=[...new Set(
[...wt,Number((t.target*100).toFixed(6))])].sort((g,N)=>g-N),I=y.includes(Number(p))?Number(p):Number((t.target*100).toFixed(6)),v=I===Number((t.target*100).toFixed(
6))?t.target:xt(I),k=o?.thresholdUs??null,A=k===null?[]:[...new Set([...o?.buckets.map(([,g])=>g+1)??[],k,n??k])].sort((g,N)=>g-N),O=k===null||n===k,B=O||!o?{good:t.
good,bad:t.bad,isExact:t.method==="Occurrences"}:Gt(o,n),j=t.composite?null:O&&v===t.target&&t.budget!==null?1-t.budget:qt(B,v),D=!t.composite&&(t.page?(Y(t.page.
short)??0)>=Oe:!1),w=L(!D||Number(S||I)!==I?null:P(`/slos/${encodeURIComponent(t.name)}/whatif`,{objective:t.objective,target:`${I},${t.target*100}`}),{keep:!0}),
[T,G]=[t.target,v].map(g=>w.data?.items.find(N=>Math.abs(N.target-g)<1e-9)),U=v!==t.target||!O,X=t.window??t.calendar?.duration??"";return t.composite?null:e("s\
ection",{class:"card whatif",children:[e("h2",{children:i.whatIf}),e("label",{children:[e("span",{children:[i.target," ",e("b",{children:u.target(v)})]}),e("inp\
ut",{type:"range",min:"0",max:y.length-1,value:y.indexOf(I),"aria-valuetext":u.target(v),onInput:g=>c(String(y[Number(g.currentTarget.value)]))})]}),k!==null&&n!==
null&&e("label",{children:[e("span",{children:[i.threshold," ",e("b",{children:u.duration(n)})]}),e("input",{type:"range",min:"0",max:A.length-1,value:A.indexOf(
n),"aria-valuetext":u.duration(n),onInput:g=>s(String(A[Number(g.currentTarget.value)]))})]}),e("p",{role:"status",children:[j===null?m().status.none:i.wouldUse(
u.target(v),k!==null&&n!==null?u.duration(n):"",u.window(X),`${B.isExact?"":"≈ "}${u.budget(j)}`)," ",G&&T&&(G===T?i.pagesAre(T.pages):i.pagesWould(G.pages,T.
pages))]}),!O&&e("p",{class:"sub",children:i.whatIfStored}),e("div",{class:"row tight",children:[e("button",{type:"button",class:"btn",disabled:!U,onClick:()=>f(
!0),children:i.propose}),U&&e("button",{type:"button",class:"btn quiet",onClick:()=>{c(""),s("")},children:i.reset})]}),b&&e(Lt,{label:i.propose,onClose:()=>f(!1),
children:e(Pe,{text:Xt(l,t,v,O||k===null||n===null?null:[dt(k),dt(n)]),close:()=>f(!1)})})]})}function Pe({text:t,close:o}){let n=m();return e(x,{children:[e("d\
iv",{class:"dialog-head",children:[e("h2",{children:n.slo.propose}),e("button",{type:"button",class:"btn small",onClick:o,children:n.shell.close})]}),e("div",{class:"\
dialog-body grid",children:[e("p",{class:"muted",children:n.slo.proposeHow}),e("pre",{tabIndex:0,children:t}),e("div",{class:"row",children:e("button",{type:"bu\
tton",class:"btn primary",onClick:()=>{At(t)},children:n.shell.copy})})]})]})}var Ce=400,Oe=3e8;function Be(t){let[o,n]=R(t);return K(()=>{let s=setTimeout(()=>n(
t),Ce);return()=>clearTimeout(s)},[t]),o}var De=t=>Math.min(6e4,Math.max(5e3,t/1e3/20)),se=12;function ne({slo:t,windowUs:o,query:n,set:s,place:r}){let a=`/slos/${encodeURIComponent(t.name)}`,l=n.from&&
n.to?{from:n.from,to:n.to}:{},i=L(P(`${a}/latency`,{objective:t.objective,...l}),{keep:!0}),u=Ie(n.sel),p=L(P(`${a}/events`,{objective:t.objective,limit:se*4,...u?
{from:new Date(u.fromMs).toISOString(),to:new Date(u.toMs).toISOString(),longer:`${u.fromUs}us`,shorter:`${u.toUs}us`}:l}),{keep:!0});oe(()=>{n.to||(i.retry(),u||
p.retry())},De(o));let[c,b]=nt(n.threshold,S=>s({threshold:S},!0)),f=Number(c)>0?Number(c):i.data?.thresholdUs??null;return e(x,{children:[e("div",{class:"grid \
overview-low",children:[e(Ue,{latency:i,limitUs:f,setLimit:b,box:u,set:s}),e(Ee,{events:p,box:u,set:s})]}),e("div",{class:"grid overview-low",children:[e(ze,{slo:t,
events:p}),e(ee,{slo:t,latency:i.data,limitUs:f,setLimit:b,query:n,set:s,place:r})]})]})}var Le=t=>t?[t.fromMs,t.toMs,t.fromUs,t.toUs].join(","):"";function Ie(t){
let[o,n,s,r]=t.split(",").map(Number);return[o,n,s,r].every(Number.isFinite)&&n>o?{fromMs:o,toMs:n,fromUs:s,toUs:r}:null}function Ue({latency:t,limitUs:o,setLimit:n,
box:s,set:r}){let a=m().slo,[l,i]=R(!1),u=t.data,p=u?.thresholdUs!=null,c=bt(()=>u?.start?Ne(u,p?o:null):null,[u,o]),b=S=>r({sel:Le(S)},!0),f=(S,y)=>r({from:new Date(
S).toISOString(),to:new Date(y).toISOString(),sel:""});return e("section",{class:"card",children:[e("div",{class:"card-head",children:[e("h2",{children:a.latency}),
e("span",{class:"spring"}),e("button",{type:"button",class:"btn small screen-only","aria-pressed":l,onClick:()=>i(!l),children:l?m().chart.asChart:m().chart.asTable})]}),
e(H,{resource:t,what:a.latency,rows:6,children:()=>!c||c.rows.length===0?e("p",{class:"muted",children:a.latencyNone}):l?e(jt,{grid:c,label:a.latency,onBox:b}):
e(Et,{label:a.latencyText,grid:c,box:s,onBox:b,onZoom:f,threshold:p&&o!==null?{us:o,label:a.threshold,onMove:S=>n(String(S))}:void 0})}),u?.cut&&e("p",{class:"s\
ub",children:u.cut})]})}function Ne(t,o){let n=Date.parse(t.start??t.from),s=t.stepUs/1e3,r=t.cells.map(([a,l,i,u,p])=>{let[c,b]=t.buckets[l],f=o===null?0:Math.
min(1,Math.max(0,(b+1-o)/(b+1-c)));return{atMs:n+a*s,bucket:{fromUs:c,toUs:b},spans:i,errors:u+Math.round(p*f)}});return yt({fromMs:Date.parse(t.from),toMs:Date.
parse(t.to),stepMs:s,parts:t.bucketsPerDoubling},r,o===null?[]:[o])}function Ee({events:t,box:o,set:n}){let s=m().slo,r=h();return e("section",{class:"card",children:[
e("h2",{children:s.share}),o&&e("p",{class:"row tight sub",children:[s.selected(r.time(o.fromMs,M.value),r.time(o.toMs,M.value),r.duration(o.fromUs),r.duration(
o.toUs)),e("button",{type:"button",class:"btn small",onClick:()=>n({sel:""},!0),children:s.clearSelection})]}),e(H,{resource:t,what:s.share,rows:4,children:({shared:a,
looked:l,filters:i})=>l.bad===0?e("p",{class:"muted",children:s.shareNoBad}):a.length===0?e("p",{class:"muted",children:s.shareNone(l.bad)}):e(x,{children:[e(_,
{class:"shared",heads:[s.value,s.ofBad,s.ofGood,e("span",{class:"sr",children:s.seeTraces})],num:[1,2,3],rows:a.map(({key:u,value:p,badShare:c,goodShare:b})=>[u+
p,e(x,{children:[e("code",{children:[u,"=",e("b",{children:p})]}),e("div",{class:"twin","aria-hidden":"true",children:[e("i",{class:"bad",style:{width:`${c*100}\
%`}}),e("i",{class:"good",style:{width:`${b*100}%`}})]})]}),r.share(c),r.share(b),[["+",s.include,i.bad[0],""],["−",s.exclude,i.bad[0],"-"],["≡",s.seeAll,i.
valid[0],""]].map(([f,S,y,I])=>e("a",{class:"btn small icon-only",href:_e(y,I,u,p),"aria-label":S(u,p),title:S(u,p),children:f},f))])}),e("p",{class:"sub",children:s.
looked(r.count(l.bad),r.count(l.valid))})]})})]})}var je=t=>/^[\w./:-]+$/.test(t)?t:`"${t.replace(/["\\]/g,"\\$&")}"`;function _e(t,o,n,s){let r=`${n==="op"||n===
"service"||!/^(op|service|kind|remote|duration|trace|id|error|root|shared|debug)$/.test(n)?n:`tag.${n}`}=${je(s)}`;return Q("traces",{},{q:[t??"",o+r].filter(Boolean).
join(" ")})}function ze({slo:t,events:o}){let n=m().slo,s=h(),r=tt(t);return e("section",{class:"card",children:[e("h2",{children:n.spentIt}),e(H,{resource:o,what:n.
spentIt,rows:6,children:({items:a,filters:l})=>{let i=new Map;for(let u of a)i.set(u.traceId,[...i.get(u.traceId)??[],u]);return i.size===0?e("p",{class:"muted",
children:n.shareNoBad}):e(x,{children:[e(_,{heads:[n.when,n.request,n.took,n.ofBudget],num:[2,3],rows:[...i].slice(0,se).map(([u,[p,...c]])=>[u,e("span",{class:"\
sub",children:s.time(Date.parse(p.at),M.value)}),e(x,{children:[e("a",{class:"link",href:Q("trace",{id:u},{span:p.spanId}),children:p.name||p.service})," ",p.status&&
e("code",{children:p.status})," ",e("span",{class:"muted",children:c.length>0?n.moreBad(c.length):""})]}),s.duration(p.durationUs),t.method==="Occurrences"&&r>0?
s.share((c.length+1)/r):"–"])}),l.bad.map(u=>e("p",{children:[e("a",{class:"link",href:Q("traces",{},{q:u}),children:n.allTraces})," ",e("code",{class:"sub",children:u})]},
u))]})}})]})}var Fe=400;function Ln({name:t,query:o}){let n=m(),s=L(P(`/slos/${encodeURIComponent(t)}`),{topic:"slos"}),r=s.data?.items??[],a=r.find(i=>i.objective===o.objective)??
r.find(i=>i.composite)??r[0];if(Dt(a?et(a):t,a?`${et(a)}: ${a.budget===null?n.status.none:n.slo.left(h().budget(a.budget))}`:t),!a)return s.problem?.status===404||
s.data?e("section",{class:"card",children:e(It,{title:n.slo.unknown(t),children:e("a",{class:"btn",href:Q("slos",{}),children:n.slo.toAll})})}):e("section",{class:"\
card",children:s.problem?e(Z,{what:t,problem:s.problem,retry:s.retry}):e(it,{rows:8})});let l=(i,u=!1)=>Pt(Q("slo",{name:t},{...o,...i}),{replace:u});return e(x,
{children:[s.old&&e(Ut,{resource:s,what:et(a)}),e(Qe,{slo:a,items:r,detail:s.data,set:l}),e(Ge,{slo:a,query:o,set:l,place:s.data?.definition?`${s.data.definition.
file}`:""},a.objective),e("div",{class:"grid halves",children:[e(Kt,{slo:a}),e(Yt,{slo:a,amendments:s.data?.amendments??[]})]})]})}function Qe({slo:t,items:o,detail:n,
set:s}){let r=m().slo,a=h(),l=t.window?r.window(a.window(t.window)):t.calendar?r.calendar(a.window(t.calendar.duration),t.calendar.timeZone):"",i=n?.definition;
return e(x,{children:[e("div",{class:"row",children:[e(Bt,{slo:t}),e(We,{slo:t}),e("span",{class:"muted",children:[$t(t),t.description,t.service,l].filter(Boolean).
join(" · ")}),e("span",{class:"spring"}),i&&e("span",{class:"sub",children:[r.definedIn," ",e("code",{children:`${i.file}:${i.line}:${i.column}`})]}),e("button",
{type:"button",class:"btn small screen-only",onClick:()=>print(),children:[e(st,{name:"file"}),r.report]})]}),o.length>1&&e(Jt,{items:o,chosen:t,choose:u=>s({objective:u})}),
t.explanation&&e("p",{class:"muted",children:[t.explanation,"."]})]})}var He={firing:"crit",recovering:"info",rising:"warn",quiet:"ok"};function re({state:t}){return e(
W,{tone:He[t],children:m().slo[t]})}function We({slo:t}){let o=t.page;if(!o||t.state==="unmeasured")return null;let n=lt(o.longBurn,o.shortBurn,o.threshold);return n===
"quiet"?null:e(re,{state:n})}function Ge({slo:t,query:o,set:n,place:s}){let r=t.window?Y(t.window)??0:t.calendar?.from?(Date.parse(t.calendar.until??"")-Date.parse(
t.calendar.from))*1e3:0,a=L(P(`/policies/${encodeURIComponent(t.service)}`),{topic:"timeline",keep:!0}),l=L(P("/alerts",{slo:t.name,all:"true"}),{topic:"slos",keep:!0}),
i=l.data?.items.filter(u=>u.objective===t.objective)??[];return e(x,{children:[e(qe,{slo:t,windowUs:r,policy:a.data}),e("div",{class:"grid overview-low",children:[
e(Xe,{slo:t,windowUs:r,query:o,set:n,policy:a.data}),e(Je,{slo:t,alerts:i})]}),e(ne,{slo:t,windowUs:r,query:o,set:n,place:s}),e("div",{class:"grid halves",children:[
e(te,{service:t.service,gate:t.gate,policy:a}),e(_t,{alerts:l,items:i})]})]})}function qe({slo:t,windowUs:o,policy:n}){let s=m(),r=h(),l=tt(t)-t.bad,i=t.method!==
"RatioTimeslices"&&!t.composite,u=l<0?ct(t,-l,o):ct(t,l,o),p=i?kt(t):null;return e("section",{class:"tiles","aria-label":s.overview.numbers,children:[e("div",{class:"\
card tile",children:[e("span",{class:"sub",children:"SLI"}),e("b",{children:[t.isEstimate&&t.sli!==null&&e("abbr",{title:s.slo.estimate,children:"~"}),r.sli(t.sli,
t.target)]}),e("span",{class:"sub",children:s.slo.detailTarget(r.target(t.target))}),!t.composite&&e("span",{class:"sub",children:t.method==="Timeslices"?s.slo.
goodBadSlices(r.count(t.good),r.count(t.bad)):s.slo.goodBad(r.count(t.good),r.count(t.bad))}),t.raw&&e("span",{class:"sub",children:s.slo.rawIs(r.sli(t.raw.sli,
t.target))}),t.coverage<.99&&t.sli!==null&&e("span",{class:"sub",children:s.slo.coverage(r.share(t.coverage))})]}),e("div",{class:`card tile${(t.budget??1)<=0?"\
 alarm":""}`,children:[e("span",{class:"sub",children:s.slo.budget}),e("b",{children:r.budget(t.budget)}),t.budget!==null&&i&&e("span",{class:"sub",children:l<0?
s.slo.exceeded(r.count(Math.ceil(-l))):s.slo.leftOver(r.count(Math.floor(l)))}),t.budget!==null&&i&&u!==null&&u>0&&e("span",{class:"sub",children:s.slo.outage(r.
length(u))}),p!==null&&e("span",{class:"sub",children:s.slo.oneFailure(r.share(p))}),t.raw&&e("span",{class:"sub",children:s.slo.rawIs(r.budget(t.raw.budget))})]}),
e("div",{class:"card tile",children:[e("span",{class:"sub",children:s.slo.burn}),e("b",{children:`${r.burn(t.burn["1h"]??null)} / ${r.burn(t.burn["6h"]??null)}`}),
e("span",{class:"sub",children:ae(t)})]}),e("div",{class:"card tile",children:[e("span",{class:"sub",children:s.slo.policy}),e("b",{children:t.gate==="held"?s.status.
held:s.slo.gateAllowed}),e("span",{class:"sub",children:n?.state?s.slo.inState(n.state,n.policy):n?.text})]})]})}function ae(t){let o=m().slo,n=Mt(t);return t.budget===
null?m().status.none:t.budget<=0?o.paceGone:n===null?o.paceLasts:o.pace(h().length(n))}function Xe({slo:t,windowUs:o,query:n,set:s,policy:r}){let a=m().slo,l=h(),
[i,u]=R(!1),[p,c]=R(null),b=n.from&&n.to?{from:n.from,to:n.to}:{},f=`/slos/${encodeURIComponent(t.name)}`,S=n.to?void 0:"slos",y=L(P(`${f}/series`,{objective:t.
objective,...b}),{topic:S,keep:!0}),v=L(P(`${f}/markers`,b),{topic:"timeline",keep:!0}).data?.items??[],k=w=>c(T=>Wt(v,T,w)),A=m().keys;Tt([{keys:".",label:A.nextMarker,
group:"slo",run:()=>k(1)},{keys:",",label:A.previousMarker,group:"slo",run:()=>k(-1)}]);let O=(w,T)=>{(T-w)*1e3*Fe<o||T-w<2e3||s({from:new Date(w).toISOString(),
to:new Date(T).toISOString()})},B=()=>s({from:"",to:""}),j=(r?.states??[]).flatMap(w=>w.above!==null&&w.above>0?[{at:w.above,name:a.below(w.name,l.budget(w.above))}]:
[]),D=t.window?l.window(t.window):l.window(t.calendar?.duration??"");return e("section",{class:"card",children:[e("div",{class:"card-head",children:[e("h2",{children:t.
window?a.budgetRolling(D):a.budgetCalendar(D)}),e("span",{class:"spring"}),e("div",{class:"seg",role:"group","aria-label":a.shows,children:Rt.map(w=>e("button",
{type:"button","aria-pressed":n.tab===w,onClick:()=>s({tab:w},!0),children:a.tabs[w]},w))}),e("button",{type:"button",class:"btn small screen-only","aria-presse\
d":i,onClick:()=>u(!i),children:i?m().chart.asChart:m().chart.asTable})]}),y.data?i?e(Zt,{series:y.data,markers:v,target:t.target}):e(x,{children:[e(Vt,{series:y.
data,tab:n.tab,target:t.target,levels:j,returns:t.window?Qt(y.data,o):[],markers:v,chosen:p,choose:c,zoom:O,reset:B}),e(Ve,{series:y.data,markers:v,chosen:p,step:k,
zoom:O,reset:n.from?B:null}),p&&e(Ze,{series:y.data,marker:p})]}):y.problem?e(Z,{what:a.budgetOverTime,problem:y.problem,retry:y.retry}):e(it,{rows:5})]})}function Ve({
series:t,markers:o,chosen:n,step:s,zoom:r,reset:a}){let l=m().slo,[i,u]=[z(t),ot(t)],p=n?Date.parse(n.at):u,c=(u-i)/4;return e("div",{class:"row tight screen-on\
ly",children:[e("button",{type:"button",class:"btn small",onClick:()=>{let f=Math.min(u,Math.max(i+2*c,p+c));r(f-2*c,f)},children:[e(st,{name:"zoom-in"}),l.zoomIn]}),
a&&e(x,{children:[e("button",{type:"button",class:"btn small",onClick:()=>r(i-2*c,u-2*c),children:l.earlier}),e("button",{type:"button",class:"btn small",onClick:a,
children:[e(st,{name:"maximize"}),l.wholeWindow]})]}),e("span",{class:"spring"}),o.length>0&&e(x,{children:[e("span",{class:"sub",children:l.nMarkers(o.length)}),
e("button",{type:"button",class:"btn small",onClick:()=>s(-1),children:[l.markerBefore," ",e("kbd",{children:","})]}),e("button",{type:"button",class:"btn small",
onClick:()=>s(1),children:[l.markerAfter," ",e("kbd",{children:"."})]})]})]})}function Ze({series:t,marker:o}){let n=m().slo,s=h(),{before:r,after:a}=Ht(t,Date.
parse(o.at)),[l,i]=[ut(r),ut(a)],u=p=>p===null?"–":s.share(p);return e("p",{class:"marker",role:"status",children:[e("b",{children:`${s.time(Date.parse(o.at),
M.value)} · ${n.lanes[o.lane].long}`})," ",o.text,o.until&&` (${n.untilTime(s.time(Date.parse(o.until),M.value))})`,e("span",{class:"sub",children:n.beforeAfter(
u(l),s.count(r.good+r.bad),u(i),s.count(a.good+a.bad))}),o.lane==="deploy"&&o.service&&e("a",{class:"link",href:Q("traces",{},{q:`service=${o.service} version=${o.
subject}`}),children:n.tracesOfVersion(o.subject)})]})}function Je({slo:t,alerts:o}){let n=m().slo,s=h(),r=o.flatMap(a=>(a.conditions??[]).map(l=>({...l,severity:a.
severity})));return e("section",{class:"card",children:[e("h2",{children:n.burnByWindow}),e(_,{class:"burns",heads:[n.burnWindow,n.burnRate,n.burnLimit,n.burnState],
num:[1,2],rows:r.length===0?Object.entries(t.burn).map(([a,l])=>[a,s.window(a),s.burn(l),"",""]):r.map(a=>[a.severity+a.long+a.short,e(x,{children:[e("span",{class:"\
sub",children:n.pair(s.window(a.long),s.window(a.short))}),e("div",{class:`bar ${a.holds?"crit":""}`,"aria-hidden":"true",children:e("i",{style:{width:`${Math.min(
100,(a.longBurn??0)/a.threshold*100)}%`}})})]}),`${s.burn(a.longBurn)} / ${s.burn(a.shortBurn)}`,s.burn(a.threshold),a.reachable?e(re,{state:lt(a.longBurn,a.shortBurn,
a.threshold)}):e("span",{class:"sub",children:n.unreachable})])}),e("p",{class:"sub",children:ae(t)})]})}function oe(t,o){let n=Math.floor(M.value/o),[s]=R(n);K(
()=>{n!==s&&t()},[n])}export{re as BurnStatePill,Ln as SloDetailPage,oe as useBeat};
