import{A as q,Aa as D,Ab as Q,Bb as we,Cb as F,D as j,Db as Se,E as ee,Ea as $,Eb as K,F as te,Fa as v,Fb as L,Ga as _,H as l,Hb as Te,I as h,J as oe,Jb as Pe,Kb as Oe,
L as se,M as u,Mb as Ce,N as ne,P as O,Q as re,Qa as ye,Qb as Le,T as ie,U as ae,Ub as E,V as le,W as M,Wb as Ee,X as pe,Xb as x,Yb as T,Z as A,Zb as b,a as f,b as W,
ba as C,bc as xe,c as V,cc as Ne,d as X,ea as me,f as J,fa as ce,h as e,ha as R,ia as ue,j as c,ja as fe,oa as a,pa as w,qa as de,sa as y,sb as I,ta as ge,ua as ve,
xb as be,y as z,yb as ke,z as Z,za as he,zb as S}from"./chunk.js";function Me({pathname:t}){let s=l().state;return L(s.notFoundTitle),e("section",{class:"card",children:e(E,{title:s.notFoundTitle,children:[e("p",{children:s.notFoundText(
t)}),e("div",{class:"row",children:e("a",{class:"btn primary",href:a("overview",{}),children:s.notFoundGo})})]})})}var Ge=8,Ye={"gate.decided":"lock","deploy.marked":"rocket","definitions.loaded":"file","definitions.refused":"warning","slo.state":"activity","server.started":"\
power"};function Ae(){let t=l().overview,s=u(c("/events"),{topic:"timeline"});return e("section",{class:"card",children:[e("h2",{children:t.changed}),e(T,{resource:s,
what:t.changes,rows:4,children:({items:o})=>o.length===0?e("p",{class:"muted",children:t.changedNone}):e("ol",{class:"changes",children:[...o].sort((n,r)=>r.id-
n.id).slice(0,Ge).map(n=>e(We,{event:n},n.id))})})]})}function We({event:t}){let s=Date.parse(t.at);return e("li",{children:[e("time",{class:"sub",dateTime:t.at,
title:h().instant(s),children:h().time(s,O.value)}),e(v,{name:Ye[t.kind]??"clock"}),e("span",{children:t.text})]})}function G({nSlos:t}){let[s,o]=V(Z("checklist")==="off");return s?null:e(Ve,{nSlos:t,dismiss:()=>{q("checklist","off"),o(!0)}})}function Ve({nSlos:t,dismiss:s}){
let o=l().overview,n=u(c("/about")).data,r=u(c("/definitions"),{topic:"timeline"}).data,i=u(r?.kinds?c("/notify"):null).data,m=u(c("/events",{topics:"deploy",limit:1}),
{topic:"timeline"}).data;if(!n||!r||!m||r.kinds&&!i)return null;let P=r.kinds.some(({kind:p,objects:k})=>p==="ErrorBudgetPolicy"&&k>0),d=[[o.steps.span,n.spans>
0,a("traces",{}),o.stepsHow.span],[o.steps.slo,t>0,a("slos",{}),o.stepsHow.slo],[o.steps.alert,i===void 0||i.targets.length>0,"","[notify] in nines.toml"],[o.steps.
policy,P,"","kind: ErrorBudgetPolicy"],[o.steps.deploy,m.items.length>0,"",`curl ${location.origin}/api/nines/v1/deploys -H 'content-type: application/json' -d \
'{"service":"…","version":"…"}'`]],g=d.filter(([,p])=>p).length;return g===d.length?null:e("section",{class:"card checklist",children:[e("div",{class:"card-\
head",children:[e("h2",{children:o.stepsTitle(g,d.length)}),e("span",{class:"spring"}),e("button",{type:"button",class:"btn small quiet",onClick:s,children:[e(v,
{name:"x"}),o.stepsDismiss]})]}),e("ol",{children:d.map(([p,k,Y,N])=>e("li",{children:[e("span",{class:`pill bare ${k?"ok":"none"}`,children:[e(R,{tone:k?"ok":"\
none"}),p,e("span",{class:"sr",children:k?o.stepDone:o.stepOpen})]}),!k&&(Y?e("a",{class:"link sub",href:Y,children:N}):e("button",{type:"button",class:"btn sma\
ll quiet",title:N,onClick:()=>{I(N)},children:[e(v,{name:"copy"}),e("code",{children:N})]}))]},p))})]})}var Xe=`nines slo check definitions/
nines serve --definitions definitions/`,Re="28d";function H(){let t=l().overview,s=h(),o=u(c("/definitions"),{topic:"slos"}).data,n=u(c("/aggregate",{q:"kind=se\
rver",by:"service,op",since:Re,limit:20})).data,r=ie(n?.items??[]);return e(E,{title:t.emptyTitle,children:[e("p",{children:t.emptyText}),r.length>0&&e(f,{children:[
e("h3",{children:t.suggested}),e("ul",{class:"suggested",children:r.map(i=>e("li",{children:[e("span",{children:[e("b",{children:i.op})," ",e("span",{class:"mut\
ed",children:i.service}),e("span",{class:"sub",children:t.achieved(s.sli(i.achieved,i.target),s.count(i.spans),s.window(Re),s.target(i.target))})]}),e("button",
{type:"button",class:"btn small",onClick:()=>{I(ae(i))},children:[e(v,{name:"copy"}),t.copyYaml]})]},i.name))})]}),e("pre",{tabIndex:0,children:Xe}),o&&o.directories.
length>0&&e("p",{children:t.emptySince(s.list(o.directories))})]})}var De=["held","burning","unmeasured","healthy"],$e={held:"held",burning:"burning",healthy:"healthy",unmeasured:"none"};function Ie({stories:t,slos:s,query:o}){
let n=l();return e("section",{class:"card",children:[e("h2",{children:n.overview.stories}),e(T,{resource:t,what:n.overview.stories,rows:2,children:({items:r})=>r.
length===0?e("p",{class:"muted",children:n.overview.storiesNone}):e("ul",{class:"stories",children:[...r].sort((i,m)=>De.indexOf(i.state)-De.indexOf(m.state)).map(
i=>e(Je,{story:i,slos:s,query:o},i.name))})})]})}function Je({story:t,slos:s,query:o}){let n=l(),r=h(),i=t.name===o.story,m=t.budget??null,P=[t.owner&&n.overview.
storyOwner(t.owner),m!==null&&n.overview.storyBudget(r.budget(m)),t.sli!=null&&n.overview.storyTraces(r.sli(t.sli,t.target??1))];return e("li",{children:[e("a",
{class:"story",href:a("overview",{},{...o,story:i?"":t.name}),"aria-current":i?"true":void 0,children:[e("span",{class:"story-title",children:[e("b",{children:t.
title}),e("span",{class:"sub",children:P.filter(Boolean).join(" · ")})]}),e(ue,{tone:M[$e[t.state]],children:n.status[$e[t.state]]})]}),e("ol",{class:"chain","\
aria-label":n.overview.chain(t.title),children:t.slos.map(d=>{let g=s.find(k=>k.name===d),p=g?le(g):"none";return e("li",{children:e("a",{class:`step ${M[p]}`,href:a(
"slo",{name:d}),title:`${g?C(g):d}: ${n.status[p]}`,children:[e(R,{tone:M[p]}),g?.service??d,e("span",{class:"sr",children:`${g?C(g):d}: ${n.status[p]}`})]})},d)})}),
e("a",{class:"link sub",href:a("traces",{},{q:Ze(t,s)}),children:n.overview.storyTracesLink})]})}function Ze(t,s){let o=[...new Set(t.slos.flatMap(r=>s.find(i=>i.
name===r)?.service??[]))];return[o.length>1?`service=(${o.join(",")})`:o.map(r=>`service=${r}`).join(""),t.state==="healthy"?"":"error"].filter(Boolean).join(" ")}function Qe({slos:t,query:s}){let o=l().overview,n=h(),r=t.filter(p=>p.sli!==null),i=r.filter(p=>p.sli!==null&&p.sli>=p.target),m=r.filter(p=>p.budget!==null).sort(
(p,k)=>(p.budget??0)-(k.budget??0))[0],P=t.filter(pe),d=new Set(t.map(p=>p.service)),g=new Set(t.filter(p=>p.gate==="held").map(p=>p.service));return e("section",
{class:"tiles","aria-label":o.numbers,children:[e(U,{to:B("missed",s),active:s.status==="missed",name:o.meeting,value:o.meetingOf(n.count(i.length),n.count(r.length)),
note:t.length>r.length?o.unmeasured(t.length-r.length):""}),e(U,{to:B("low",s),active:s.status==="low",name:o.worst,value:m?n.budget(m.budget):"–",note:m?C(m):
"",alarm:m!==void 0&&(m.budget??0)<=0}),e(U,{to:B("burning",s),active:s.status==="burning",name:o.burning,value:n.count(P.length),note:P[0]?C(P[0]):o.burningNone}),
e(U,{to:B("held",s),active:s.status==="held",name:o.gate,value:n.count(g.size),note:g.size>0?o.gateHeld(g.size,d.size):o.gateFree(d.size)})]})}function B(t,s){return a(
"overview",{},{...s,status:s.status===t?"all":t})}function U({to:t,name:s,value:o,note:n,active:r,alarm:i}){return e("a",{class:`card tile${i?" alarm":""}`,href:t,
"aria-current":r?"true":void 0,children:[e("span",{class:"sub",children:s}),e("b",{children:o}),e("span",{class:"sub clip",children:n||" "})]})}var je=3e4;function Fe({query:t}){let s=l();L(s.overview.title);let o=u(c("/slos"),{topic:"slos"}),n=u(c("/stories"),{topic:"slos"}),r=Date.parse(o.data?.watermark??
""),i=O.value-r>je;return e(f,{children:[o.old&&e(x,{resource:o,what:s.slo.title}),o.data?.items.length===0&&e(G,{nSlos:0}),e(T,{resource:o,what:s.slo.title,rows:10,
card:!0,children:m=>e(f,{children:[m.items.length>0&&e(Qe,{slos:m.items,query:t}),e("section",{class:"card flush","aria-label":s.slo.table,children:[e(et,{list:m.
items,stories:n.data?.items??[],query:t}),i&&m.items.length>0&&e("div",{class:"card-head",children:e(x,{sinceMs:r,what:s.slo.title})}),m.items.length===0?e(H,{}):
e(D,{slos:He(m.items,n.data?.items??[],t),dimmed:o.old,group:t.group,sort:t.sort})]})]})}),e("div",{class:"grid overview-low",children:[e(Ie,{stories:n,slos:o.data?.
items??[],query:t}),e(Ae,{})]}),o.data&&o.data.items.length>0&&e(G,{nSlos:o.data.items.length})]})}function He(t,s,o){let n=s.find(r=>r.name===o.story);return t.
filter(r=>A(r,o.status)&&(!o.story||r.story===o.story||n?.slos.includes(r.name)))}function et({list:t,stories:s,query:o}){let n=l();if(t.length===0)return null;
let r=o.status!=="all"||o.story!=="",i=s.find(m=>m.name===o.story);return e("div",{class:"card-head",children:[r&&e(f,{children:[e("span",{class:"muted",children:n.
overview.filtered(He(t,s,o).length,t.length)}),o.status!=="all"&&e("span",{class:"chip",children:n.status[o.status]}),o.story&&e("span",{class:"chip",children:n.
overview.story(i?.title??o.story)}),e("a",{class:"btn small",href:a("overview",{},{group:o.group,sort:o.sort}),children:n.overview.clear})]}),e("span",{class:"s\
pring"}),e($,{group:o.group,sort:o.sort,set:m=>y(a("overview",{},{...o,...m}),{replace:!0})})]})}function Be({query:t}){let s=l();L(s.slo.title);let o=u(c("/slos"),{topic:"slos"}),n=(r,i)=>y(a("slos",{},{...t,...r}),{replace:i});return e(f,{children:[o.old&&
e(x,{resource:o,what:s.slo.title}),e("div",{class:"row",children:[e(xe,{label:s.slo.find,text:t.q,onText:r=>n({q:r},!0)}),e(Ne,{label:s.slo.status,values:fe,now:t.
status,text:r=>s.status[r],choose:r=>n({status:r},!1)}),e($,{group:t.group,sort:t.sort,set:r=>n(r,!0)})]}),e("section",{class:"card flush",children:e(T,{resource:o,
what:s.slo.title,rows:8,children:r=>e(tt,{list:r.items,query:t,dimmed:o.old})})})]})}function tt({list:t,query:s,dimmed:o}){let n=l();if(t.length===0)return e(H,
{});let r=t.filter(i=>A(i,s.status)&&Te(s.q,[i.displayName,i.name,i.objective,i.service,i.storyTitle,i.story].join(" "))!==null);return r.length>0?e(D,{slos:r,dimmed:o,
group:s.group,sort:s.sort}):e(E,{title:n.slo.nothing,children:e("a",{class:"btn",href:a("slos",{}),children:n.overview.clear})})}function Ue(){let t=l();return e("header",{class:"header",children:[e("h1",{title:K.value,children:K.value}),e("span",{class:"spring"}),e(ot,{state:ne.value}),e(
"button",{type:"button",class:"btn hide-s",onClick:()=>S.value="palette",children:[t.shell.jump," ",e("kbd",{children:"Ctrl K"})]}),e("button",{type:"button",class:"\
btn icon-only only-s","aria-label":t.palette.label,onClick:()=>S.value="palette",children:e(v,{name:"search"})}),e(_,{label:t.shell.share,button:e(v,{name:"link"}),
buttonClass:"icon-only",iconOnly:!0,children:s=>e(st,{close:s})}),e("button",{type:"button",class:"btn icon-only hide-s","aria-label":t.shell.help,title:t.shell.
help,onClick:()=>S.value="help",children:e(v,{name:"help"})}),e(_,{label:t.shell.appearance,button:e(v,{name:"settings"}),buttonClass:"icon-only",iconOnly:!0,children:s=>e(
f,{children:[e(nt,{}),e("hr",{}),e("a",{class:"item",href:a("definitions",{}),onClick:s,children:t.nav.definitions}),e("a",{class:"item",href:a("settings",{}),onClick:s,
children:t.nav.settings})]})})]})}function ot({state:t}){let s=l().shell,o={live:s.live,waiting:s.liveWaiting,polling:s.livePolling,paused:s.livePaused};return e(
"span",{class:`live ${t==="polling"?"waiting":t}`,title:s.liveHint,children:[e("i",{"aria-hidden":"true"}),e("span",{class:"hide-s",children:o[t]}),e("span",{class:"\
sr only-s",children:o[t]})]})}function st({close:t}){let s=l(),o=[{label:s.palette.copyLink,key:"y",run:Q},...ke(w.value,Date.now())===null?[]:[{label:s.palette.
copyPinned,run:we}],...be(w.value)===null?[]:[{label:s.palette.copyCommand,key:"Y",run:F}]];return e(f,{children:o.map(({label:n,key:r,run:i})=>e("button",{type:"\
button",class:"item",onClick:()=>{t(),i()},children:[n," ",r&&e("kbd",{children:r})]},n))})}function nt(){let t=l().shell,s={system:t.system,light:t.light,dark:t.
dark};return e(f,{children:[e("fieldset",{children:[e("legend",{children:t.theme}),Pe.map(o=>e("label",{class:"item",children:[e("input",{type:"radio",name:"the\
me",checked:Oe.value===o,onChange:()=>Ce(o)}),s[o]]},o))]}),e("hr",{}),e("fieldset",{children:[e("legend",{children:t.language}),j.map(o=>e("label",{class:"item",
lang:o,children:[e("input",{type:"radio",name:"lang",checked:te.value===o,onChange:()=>{se(o),ge()}}),ee[o]]},o))]})]})}function rt(t){return t==="trace"||t==="compare"?"traces":t==="slo"?"slos":t}function ze(){let t=l(),s=u(c("/slos"),{topic:"slos"}).data,o=s?.items.flatMap(i=>i.
alerts??[]).filter(i=>i.level==="firing").length,n=w.value.name,r=[{name:"overview",to:a("overview",{}),icon:"house",label:t.nav.overview},{name:"slos",to:a("sl\
os",{}),icon:"target",label:t.nav.slos,count:s?.items.length},{name:"traces",to:a("traces",{}),icon:"traces",label:t.nav.traces},{name:"map",to:a("map",{}),icon:"\
map",label:t.nav.map},{name:"alerts",to:a("alerts",{}),icon:"bell",label:t.nav.alerts,count:o},{name:"definitions",to:a("definitions",{}),icon:"file",label:t.nav.
definitions,wideOnly:!0},{name:"settings",to:a("settings",{}),icon:"settings",label:t.nav.settings,wideOnly:!0}];return e("nav",{class:"rail","aria-label":t.nav.
label,children:[e("a",{class:"brand",href:a("overview",{}),children:[e(it,{}),"nines"]}),r.map(i=>e("a",{class:i.wideOnly?"to hide-s":"to",href:i.to,"aria-curre\
nt":i.name===n?"page":i.name===rt(n)?"true":void 0,children:[e(v,{name:i.icon}),i.label,i.count!==void 0&&i.count>0&&e("span",{class:"count",children:h().count(
i.count)})]},i.name)),z.version&&e("div",{class:"foot",children:t.shell.version(z.version)})]})}function it(){return e("svg",{viewBox:"0 0 18 18","aria-hidden":"\
true",fill:"none","stroke-width":"2.4","stroke-linecap":"round",children:[e("path",{d:"M14 7.2A5 5 0 1 1 12.5 3.6",stroke:"var(--accent)"}),e("path",{d:"M14 7.2\
c0 4-1.6 7-5 8.8",stroke:"currentColor"})]})}function _e(){let t=l().definitions,s=u(c("/definitions"),{topic:"timeline"}).data;if(!s?.refused)return null;let o=s.findings.filter(i=>i.severity==="error"),n=o[0],
r=w.value.name!=="definitions"&&e("a",{class:"btn small",href:a("definitions",{}),children:t.show});return e(Ee,{tone:"crit",action:r,children:[e("b",{children:t.
refused(Math.max(1,o.length))})," ",n&&e(f,{children:[e("code",{children:`${n.file}:${n.line}:${n.column}`})," ",n.fact," "]}),e("span",{class:"sub",children:t.
inForceSince(h().time(Date.parse(s.loadedAt),O.value))})]})}var at=b(()=>import("./detail.js").then(t=>t.SloDetailPage)),lt=b(()=>import("./compare.js").then(t=>t.ComparePage)),pt=b(()=>import("./traces.js").
then(t=>t.TracesPage)),mt=b(()=>import("./trace.js").then(t=>t.TracePage)),ct=b(()=>import("./map.js").then(t=>t.MapPage)),ut=b(
()=>import("./alerts.js").then(t=>t.AlertsPage)),ft=b(()=>import("./definitions.js").then(t=>t.DefinitionsPage)),dt=b(()=>import("./settings.js").
then(t=>t.SettingsPage)),gt=b(()=>import("./help.js").then(t=>t.HelpSheet),!0),vt=b(()=>import("./palette.js").then(t=>t.Palette),!0);
function Ke(){let t=l(),s=J(null);me([{keys:"Ctrl+K",label:t.keys.palette,group:"global",run:()=>S.value="palette"},{keys:"/",label:t.keys.filter,group:"global",
run:Se},{keys:"?",label:t.keys.help,group:"global",run:()=>S.value="help"},{keys:"g o",label:t.keys.goOverview,group:"global",run:()=>y(a("overview",{}))},{keys:"\
g s",label:t.keys.goSlos,group:"global",run:()=>y(a("slos",{}))},{keys:"g t",label:t.keys.goTraces,group:"global",run:()=>y(a("traces",{}))},{keys:"g m",label:t.
keys.goMap,group:"global",run:()=>y(a("map",{}))},{keys:"g a",label:t.keys.goAlerts,group:"global",run:()=>y(a("alerts",{}))},{keys:"g d",label:t.keys.goDefinitions,
group:"global",run:()=>y(a("definitions",{}))},{keys:"g c",label:t.keys.goSettings,group:"global",run:()=>y(a("settings",{}))},{keys:"y",label:t.keys.copyLink,group:"\
global",run:Q},{keys:"Shift+Y",label:t.keys.copyCommand,group:"global",run:F}]);let o=de.value;return X(()=>{o!==0&&(scrollTo(0,0),s.current?.focus({preventScroll:!0}))},
[o]),e(f,{children:[e("a",{class:"skip",href:"#main",children:t.nav.skip}),e(ze,{}),e("div",{children:[e(Ue,{}),e("main",{id:"main",class:"wrap",ref:s,tabIndex:-1,
children:[e(_e,{}),e(ht,{})]})]}),S.value==="palette"&&e(vt,{}),S.value==="help"&&e(gt,{}),e(he,{})]})}function ht(){let t=w.value;switch(t.name){case"overview":
return e(Fe,{query:t.query});case"slos":return e(Be,{query:t.query});case"slo":return e(at,{name:t.path.name,query:t.query},t.path.name);case"traces":return e(pt,
{query:t.query});case"trace":return e(mt,{id:t.path.id,query:t.query},t.path.id);case"compare":return e(lt,{a:t.path.a,b:t.path.b,query:t.query},`${t.path.a} ${t.
path.b}`);case"map":return e(ct,{query:t.query});case"alerts":return e(ut,{query:t.query});case"definitions":return e(ft,{query:t.query});case"settings":return e(
dt,{});case"missing":return e(Me,{pathname:t.pathname})}}await oe();Le();ve();ce();ye();re();W(e(Ke,{}),document.getElementById("app"));
