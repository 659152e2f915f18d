import{A as Z,Ab as we,Bb as H,Cb as Se,D as j,Da as I,Db as K,E as ee,Ea as d,Eb as L,F as te,Fa as _,Gb as Te,H as l,I as h,Ib as Pe,J as oe,Jb as Oe,L as se,
Lb as Ce,M as u,N as ne,P as O,Pa as ye,Pb as Le,Q as re,T as ie,Tb as E,U as ae,V as le,Vb as Ee,W as M,Wb as N,X as pe,Xb as T,Yb as b,Z as A,a as f,ac as Ne,
b as W,ba as C,c as V,d as X,ea as ce,f as q,fa as me,h as e,ha as R,ia as ue,j as m,ja as fe,oa as a,pa as w,qa as de,rb as $,sa as y,ta as ge,ua as ve,wb as be,
xb as ke,y as z,ya as he,yb as S,z as J,za as D,zb as Q}from"./chunk.js";function xe({pathname:t}){let s=l().state;return L(s.notFoundTitle),e("section",{class:"card",children:e(E,{title:s.notFoundTitle,children:[e("p",{children:s.notFoundText(
t)}),e("div",{class:"row",children:e("a",{class:"btn primary",href:a("overview",{}),children:s.notFoundGo})})]})})}var Ke=8,Ge={"gate.decided":"lock","deploy.marked":"rocket","definitions.loaded":"file","definitions.refused":"warning","slo.state":"activity","server.started":"\
power"};function Me(){let t=l().overview,s=u(m("/events"),{topic:"timeline"});return e("section",{class:"card",children:[e("h2",{children:t.changed}),e(T,{resource:s,
what:t.changes,rows:4,children:({items:o})=>o.length===0?e("p",{class:"muted",children:t.changedNone}):e("ol",{class:"changes",children:[...o].sort((n,r)=>r.id-
n.id).slice(0,Ke).map(n=>e(Ye,{event:n},n.id))})})]})}function Ye({event:t}){let s=Date.parse(t.at);return e("li",{children:[e("time",{class:"sub",dateTime:t.at,
title:h().instant(s),children:h().time(s,O.value)}),e(d,{name:Ge[t.kind]??"clock"}),e("span",{children:t.text})]})}function G({nSlos:t}){let[s,o]=V(J("checklist")==="off");return s?null:e(We,{nSlos:t,dismiss:()=>{Z("checklist","off"),o(!0)}})}function We({nSlos:t,dismiss:s}){
let o=l().overview,n=u(m("/about")).data,r=u(m("/definitions"),{topic:"timeline"}).data,i=u(r?.kinds?m("/notify"):null).data,c=u(m("/events",{topics:"deploy",limit:1}),
{topic:"timeline"}).data;if(!n||!r||!c||r.kinds&&!i)return null;let P=r.kinds?.some(({kind:p,objects:k})=>p==="ErrorBudgetPolicy"&&k>0)??!0,g=[[o.steps.span,n.spans>
0,a("traces",{}),o.stepsHow.span],[o.steps.slo,t>0,a("slos",{}),o.stepsHow.slo],[o.steps.alert,i===void 0||i.targets.length>0,"","[notify] in nines.toml"],[o.steps.
policy,P,"","kind: ErrorBudgetPolicy"],[o.steps.deploy,c.items.length>0,"",`curl ${location.origin}/api/nines/v1/deploys -H 'content-type: application/json' -d \
'{"service":"…","version":"…"}'`]],v=g.filter(([,p])=>p).length;return v===g.length?null:e("section",{class:"card checklist",children:[e("div",{class:"card-\
head",children:[e("h2",{children:o.stepsTitle(v,g.length)}),e("span",{class:"spring"}),e("button",{type:"button",class:"btn small quiet",onClick:s,children:[e(d,
{name:"x"}),o.stepsDismiss]})]}),e("ol",{children:g.map(([p,k,Y,x])=>e("li",{children:[e("span",{class:`pill bare ${k?"ok":"none"}`,children:[e(R,{tone:k?"ok":"\
none"}),p,e("span",{class:"sr",children:k?o.stepDone:o.stepOpen})]}),!k&&(Y?e("a",{class:"link sub",href:Y,children:x}):e("button",{type:"button",class:"btn sma\
ll quiet",title:x,onClick:()=>{$(x)},children:[e(d,{name:"copy"}),e("code",{children:x})]}))]},p))})]})}var Ve=`nines slo check definitions/
nines serve --definitions definitions/`,Ae="28d";function F(){let t=l().overview,s=h(),o=u(m("/definitions"),{topic:"slos"}).data,n=u(m("/aggregate",{q:"kind=se\
rver",by:"service,op",since:Ae,limit:20})).data,r=ie(n?.items??[]);return e(E,{title:t.emptyTitle,children:[e("p",{children:t.emptyText}),r.length>0&&e(f,{children:[
e("h3",{children:t.suggested}),e("ul",{class:"suggested",children:r.map(i=>e("li",{children:[e("span",{children:[e("b",{children:i.op})," ",e("span",{class:"mut\
ed",children:i.service}),e("span",{class:"sub",children:t.achieved(s.sli(i.achieved,i.target),s.count(i.spans),s.window(Ae),s.target(i.target))})]}),e("button",
{type:"button",class:"btn small",onClick:()=>{$(ae(i))},children:[e(d,{name:"copy"}),t.copyYaml]})]},i.name))})]}),e("pre",{tabIndex:0,children:Ve}),o&&o.directories.
length>0&&e("p",{children:t.emptySince(s.list(o.directories))})]})}var Re=["held","burning","unmeasured","healthy"],De={held:"held",burning:"burning",healthy:"healthy",unmeasured:"none"};function Ie({stories:t,slos:s,query:o}){
let n=l();return e("section",{class:"card",children:[e("h2",{children:n.overview.stories}),e(T,{resource:t,what:n.overview.stories,rows:2,children:({items:r})=>r.
length===0?e("p",{class:"muted",children:n.overview.storiesNone}):e("ul",{class:"stories",children:[...r].sort((i,c)=>Re.indexOf(i.state)-Re.indexOf(c.state)).map(
i=>e(Xe,{story:i,slos:s,query:o},i.name))})})]})}function Xe({story:t,slos:s,query:o}){let n=l(),r=h(),i=t.name===o.story,c=t.budget??null,P=[t.owner&&n.overview.
storyOwner(t.owner),c!==null&&n.overview.storyBudget(r.budget(c)),t.sli!=null&&n.overview.storyTraces(r.sli(t.sli,t.target??1))];return e("li",{children:[e("a",
{class:"story",href:a("overview",{},{...o,story:i?"":t.name}),"aria-current":i?"true":void 0,children:[e("span",{class:"story-title",children:[e("b",{children:t.
title}),e("span",{class:"sub",children:P.filter(Boolean).join(" · ")})]}),e(ue,{tone:M[De[t.state]],children:n.status[De[t.state]]})]}),e("ol",{class:"chain","\
aria-label":n.overview.chain(t.title),children:t.slos.map(g=>{let v=s.find(k=>k.name===g),p=v?le(v):"none";return e("li",{children:e("a",{class:`step ${M[p]}`,href:a(
"slo",{name:g}),title:`${v?C(v):g}: ${n.status[p]}`,children:[e(R,{tone:M[p]}),v?.service??g,e("span",{class:"sr",children:`${v?C(v):g}: ${n.status[p]}`})]})},g)})}),
e("a",{class:"link sub",href:a("traces",{},{q:qe(t,s)}),children:n.overview.storyTracesLink})]})}function qe(t,s){let o=[...new Set(t.slos.flatMap(r=>s.find(i=>i.
name===r)?.service??[]))];return[o.length>1?`service=(${o.join(",")})`:o.map(r=>`service=${r}`).join(""),t.state==="healthy"?"":"error"].filter(Boolean).join(" ")}function $e({slos:t,query:s}){let o=l().overview,n=h(),r=t.filter(p=>p.sli!==null),i=r.filter(p=>p.sli!==null&&p.sli>=p.target),c=r.filter(p=>p.budget!==null).sort(
(p,k)=>(p.budget??0)-(k.budget??0))[0],P=t.filter(pe),g=new Set(t.map(p=>p.service)),v=new Set(t.filter(p=>p.gate==="held").map(p=>p.service));return e("section",
{class:"tiles","aria-label":o.numbers,children:[e(U,{to:B("missed",s),active:s.status==="missed",name:o.meeting,value:o.meetingOf(n.count(i.length),n.count(r.length)),
note:t.length>r.length?o.unmeasured(t.length-r.length):""}),e(U,{to:B("low",s),active:s.status==="low",name:o.worst,value:c?n.budget(c.budget):"–",note:c?C(c):
"",alarm:c!==void 0&&(c.budget??0)<=0}),e(U,{to:B("burning",s),active:s.status==="burning",name:o.burning,value:n.count(P.length),note:P[0]?C(P[0]):o.burningNone}),
e(U,{to:B("held",s),active:s.status==="held",name:o.gate,value:n.count(v.size),note:v.size>0?o.gateHeld(v.size,g.size):o.gateFree(g.size)})]})}function B(t,s){return a(
"overview",{},{...s,status:s.status===t?"all":t})}function U({to:t,name:s,value:o,note:n,active:r,alarm:i}){return e("a",{class:`card tile${i?" alarm":""}`,href:t,
"aria-current":r?"true":void 0,children:[e("span",{class:"sub",children:s}),e("b",{children:o}),e("span",{class:"sub clip",children:n||" "})]})}var Ze=3e4;function Qe({query:t}){let s=l();L(s.overview.title);let o=u(m("/slos"),{topic:"slos"}),n=u(m("/stories"),{topic:"slos"}),r=Date.parse(o.data?.watermark??
""),i=O.value-r>Ze;return e(f,{children:[o.old&&e(N,{resource:o,what:s.slo.title}),o.data?.items.length===0&&e(G,{nSlos:0}),e(T,{resource:o,what:s.slo.title,rows:10,
card:!0,children:c=>e(f,{children:[c.items.length>0&&e($e,{slos:c.items,query:t}),e("section",{class:"card flush","aria-label":s.slo.table,children:[e(je,{list:c.
items,stories:n.data?.items??[],query:t}),i&&c.items.length>0&&e("div",{class:"card-head",children:e(N,{sinceMs:r,what:s.slo.title})}),c.items.length===0?e(F,{}):
e(D,{slos:He(c.items,n.data?.items??[],t),dimmed:o.old,group:t.group,sort:t.sort})]})]})}),e("div",{class:"grid overview-low",children:[e(Ie,{stories:n,slos:o.data?.
items??[],query:t}),e(Me,{})]}),o.data&&o.data.items.length>0&&e(G,{nSlos:o.data.items.length})]})}function He(t,s,o){let n=s.find(r=>r.name===o.story);return t.
filter(r=>A(r,o.status)&&(!o.story||r.story===o.story||n?.slos.includes(r.name)))}function je({list:t,stories:s,query:o}){let n=l();if(t.length===0)return null;
let r=o.status!=="all"||o.story!=="",i=s.find(c=>c.name===o.story);return e("div",{class:"card-head",children:[r&&e(f,{children:[e("span",{class:"muted",children:n.
overview.filtered(He(t,s,o).length,t.length)}),o.status!=="all"&&e("span",{class:"chip",children:n.status[o.status]}),o.story&&e("span",{class:"chip",children:n.
overview.story(i?.title??o.story)}),e("a",{class:"btn small",href:a("overview",{},{group:o.group,sort:o.sort}),children:n.overview.clear})]}),e("span",{class:"s\
pring"}),e(I,{group:o.group,sort:o.sort,set:c=>y(a("overview",{},{...o,...c}),{replace:!0})})]})}function Fe({query:t}){let s=l();L(s.slo.title);let o=u(m("/slos"),{topic:"slos"}),n=(r,i)=>y(a("slos",{},{...t,...r}),{replace:i});return e(f,{children:[o.old&&
e(N,{resource:o,what:s.slo.title}),e("div",{class:"row",children:[e("label",{class:"search",children:[e(d,{name:"search"}),e("span",{class:"sr",children:s.slo.find}),
e("input",{class:"input",type:"search","data-filter":!0,placeholder:s.slo.find,value:t.q,onInput:r=>n({q:r.currentTarget.value},!0)})]}),e(Ne,{label:s.slo.status,
values:fe,now:t.status,text:r=>s.status[r],choose:r=>n({status:r},!1)}),e(I,{group:t.group,sort:t.sort,set:r=>n(r,!0)})]}),e("section",{class:"card flush",children:e(
T,{resource:o,what:s.slo.title,rows:8,children:r=>e(et,{list:r.items,query:t,dimmed:o.old})})})]})}function et({list:t,query:s,dimmed:o}){let n=l();if(t.length===
0)return e(F,{});let r=t.filter(i=>A(i,s.status)&&Te(s.q,[i.displayName,i.name,i.objective,i.service,i.storyTitle,i.story].join(" "))!==null);return r.length>0?
e(D,{slos:r,dimmed:o,group:s.group,sort:s.sort}):e(E,{title:n.slo.nothing,children:e("a",{class:"btn",href:a("slos",{}),children:n.overview.clear})})}function Be(){let t=l();return e("header",{class:"header",children:[e("h1",{title:K.value,children:K.value}),e("span",{class:"spring"}),e(tt,{state:ne.value}),e(
"button",{type:"button",class:"btn hide-s",onClick:()=>S.value="palette",children:[t.shell.jump," ",e("kbd",{children:"Ctrl K"})]}),e("button",{type:"button",class:"\
btn icon-only only-s","aria-label":t.palette.label,onClick:()=>S.value="palette",children:e(d,{name:"search"})}),e(_,{label:t.shell.share,button:e(d,{name:"link"}),
buttonClass:"icon-only",iconOnly:!0,children:s=>e(ot,{close:s})}),e("button",{type:"button",class:"btn icon-only hide-s","aria-label":t.shell.help,title:t.shell.
help,onClick:()=>S.value="help",children:e(d,{name:"help"})}),e(_,{label:t.shell.appearance,button:e(d,{name:"settings"}),buttonClass:"icon-only",iconOnly:!0,children:s=>e(
f,{children:[e(st,{}),e("hr",{}),e("a",{class:"item",href:a("definitions",{}),onClick:s,children:t.nav.definitions}),e("a",{class:"item",href:a("settings",{}),onClick:s,
children:t.nav.settings})]})})]})}function tt({state:t}){let s=l().shell,o={live:s.live,waiting:s.liveWaiting,polling:s.livePolling,paused:s.livePaused};return e(
"span",{class:`live ${t==="polling"?"waiting":t}`,title:s.liveHint,children:[e("i",{"aria-hidden":"true"}),e("span",{class:"hide-s",children:o[t]}),e("span",{class:"\
sr only-s",children:o[t]})]})}function ot({close:t}){let s=l(),o=[{label:s.palette.copyLink,key:"y",run:Q},...ke(w.value,Date.now())===null?[]:[{label:s.palette.
copyPinned,run:we}],...be(w.value)===null?[]:[{label:s.palette.copyCommand,key:"Y",run:H}]];return e(f,{children:o.map(({label:n,key:r,run:i})=>e("button",{type:"\
button",class:"item",onClick:()=>{t(),i()},children:[n," ",r&&e("kbd",{children:r})]},n))})}function st(){let t=l().shell,s={system:t.system,light:t.light,dark:t.
dark};return e(f,{children:[e("fieldset",{children:[e("legend",{children:t.theme}),Pe.map(o=>e("label",{class:"item",children:[e("input",{type:"radio",name:"the\
me",checked:Oe.value===o,onChange:()=>Ce(o)}),s[o]]},o))]}),e("hr",{}),e("fieldset",{children:[e("legend",{children:t.language}),j.map(o=>e("label",{class:"item",
lang:o,children:[e("input",{type:"radio",name:"lang",checked:te.value===o,onChange:()=>{se(o),ge()}}),ee[o]]},o))]})]})}function nt(t){return t==="trace"||t==="compare"?"traces":t==="slo"?"slos":t}function Ue(){let t=l(),s=u(m("/slos"),{topic:"slos"}).data,o=s?.items.flatMap(i=>i.
alerts??[]).filter(i=>i.level==="firing").length,n=w.value.name,r=[{name:"overview",to:a("overview",{}),icon:"house",label:t.nav.overview},{name:"slos",to:a("sl\
os",{}),icon:"target",label:t.nav.slos,count:s?.items.length},{name:"traces",to:a("traces",{}),icon:"traces",label:t.nav.traces},{name:"map",to:a("map",{}),icon:"\
map",label:t.nav.map},{name:"alerts",to:a("alerts",{}),icon:"bell",label:t.nav.alerts,count:o},{name:"definitions",to:a("definitions",{}),icon:"file",label:t.nav.
definitions,wideOnly:!0},{name:"settings",to:a("settings",{}),icon:"settings",label:t.nav.settings,wideOnly:!0}];return e("nav",{class:"rail","aria-label":t.nav.
label,children:[e("a",{class:"brand",href:a("overview",{}),children:[e(rt,{}),"nines"]}),r.map(i=>e("a",{class:i.wideOnly?"to hide-s":"to",href:i.to,"aria-curre\
nt":i.name===n?"page":i.name===nt(n)?"true":void 0,children:[e(d,{name:i.icon}),i.label,i.count!==void 0&&i.count>0&&e("span",{class:"count",children:h().count(
i.count)})]},i.name)),z.version&&e("div",{class:"foot",children:t.shell.version(z.version)})]})}function rt(){return e("svg",{viewBox:"0 0 18 18","aria-hidden":"\
true",fill:"none","stroke-width":"2.4","stroke-linecap":"round",children:[e("path",{d:"M14 7.2A5 5 0 1 1 12.5 3.6",stroke:"var(--accent)"}),e("path",{d:"M14 7.2\
c0 4-1.6 7-5 8.8",stroke:"currentColor"})]})}function ze(){let t=l().definitions,s=u(m("/definitions"),{topic:"timeline"}).data;if(!s?.refused)return null;let o=s.findings.filter(i=>i.severity==="error"),n=o[0],
r=w.value.name!=="definitions"&&e("a",{class:"btn small",href:a("definitions",{}),children:t.show});return e(Ee,{tone:"crit",action:r,children:[e("b",{children:t.
refused(Math.max(1,o.length))})," ",n&&e(f,{children:[e("code",{children:`${n.file}:${n.line}:${n.column}`})," ",n.fact," "]}),e("span",{class:"sub",children:t.
inForceSince(h().time(Date.parse(s.loadedAt),O.value))})]})}var it=b(()=>import("./detail.js").then(t=>t.SloDetailPage)),at=b(()=>import("./compare.js").then(t=>t.ComparePage)),lt=b(()=>import("./traces.js").
then(t=>t.TracesPage)),pt=b(()=>import("./trace.js").then(t=>t.TracePage)),ct=b(()=>import("./map.js").then(t=>t.MapPage)),mt=b(
()=>import("./alerts.js").then(t=>t.AlertsPage)),ut=b(()=>import("./definitions.js").then(t=>t.DefinitionsPage)),ft=b(()=>import("./settings.js").
then(t=>t.SettingsPage)),dt=b(()=>import("./help.js").then(t=>t.HelpSheet),!0),gt=b(()=>import("./palette.js").then(t=>t.Palette),!0);
function _e(){let t=l(),s=q(null);ce([{keys:"Ctrl+K",label:t.keys.palette,group:"global",run:()=>S.value="palette"},{keys:"/",label:t.keys.filter,group:"global",
run:Se},{keys:"?",label:t.keys.help,group:"global",run:()=>S.value="help"},{keys:"g o",label:t.keys.goOverview,group:"global",run:()=>y(a("overview",{}))},{keys:"\
g s",label:t.keys.goSlos,group:"global",run:()=>y(a("slos",{}))},{keys:"g t",label:t.keys.goTraces,group:"global",run:()=>y(a("traces",{}))},{keys:"g m",label:t.
keys.goMap,group:"global",run:()=>y(a("map",{}))},{keys:"g a",label:t.keys.goAlerts,group:"global",run:()=>y(a("alerts",{}))},{keys:"g d",label:t.keys.goDefinitions,
group:"global",run:()=>y(a("definitions",{}))},{keys:"g c",label:t.keys.goSettings,group:"global",run:()=>y(a("settings",{}))},{keys:"y",label:t.keys.copyLink,group:"\
global",run:Q},{keys:"Shift+Y",label:t.keys.copyCommand,group:"global",run:H}]);let o=de.value;return X(()=>{o!==0&&(scrollTo(0,0),s.current?.focus({preventScroll:!0}))},
[o]),e(f,{children:[e("a",{class:"skip",href:"#main",children:t.nav.skip}),e(Ue,{}),e("div",{children:[e(Be,{}),e("main",{id:"main",class:"wrap",ref:s,tabIndex:-1,
children:[e(ze,{}),e(vt,{})]})]}),S.value==="palette"&&e(gt,{}),S.value==="help"&&e(dt,{}),e(he,{})]})}function vt(){let t=w.value;switch(t.name){case"overview":
return e(Qe,{query:t.query});case"slos":return e(Fe,{query:t.query});case"slo":return e(it,{name:t.path.name,query:t.query},t.path.name);case"traces":return e(lt,
{query:t.query});case"trace":return e(pt,{id:t.path.id,query:t.query},t.path.id);case"compare":return e(at,{a:t.path.a,b:t.path.b,query:t.query},`${t.path.a} ${t.
path.b}`);case"map":return e(ct,{query:t.query});case"alerts":return e(mt,{query:t.query});case"definitions":return e(ut,{query:t.query});case"settings":return e(
ft,{});case"missing":return e(xe,{pathname:t.pathname})}}await oe();Le();ve();me();ye();re();W(e(_e,{}),document.getElementById("app"));
