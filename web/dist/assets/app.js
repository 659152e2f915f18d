import{$b as Ee,A as Z,B as q,Da as fe,E as j,Ea as de,F as ee,Fa as ge,G as te,Ga as ve,I as l,Ia as y,J as g,Ja as he,K as oe,La as v,M as se,Ma as ye,Mb as we,
N as u,Na as be,Nb as Se,O as ne,Ob as b,Pb as I,Q as w,Qb as Pe,R as ie,Ra as D,Rb as F,S as re,Sb as Te,Tb as _,U as ae,Ub as L,V as N,Va as R,W as d,Wa as z,
Wb as Ce,X as le,Yb as Le,Zb as Oe,_ as T,a as f,aa as M,b as Y,c as W,ca as E,d as V,da as me,dc as xe,ea as C,eb as ke,f as X,fa as pe,gc as h,h as e,j as J,k as c,
ka as a,kc as Ne,lc as Me,na as ce,pa as A,ta as U,ya as ue,z as $}from"./chunk.js";function Ae({pathname:t}){let s=l().state;return L(s.notFoundTitle),e("section",{class:"card",children:e(T,{title:s.notFoundTitle,children:[e("p",{children:s.notFoundText(
t)}),e("div",{class:"row",children:e("a",{class:"btn primary",href:a("overview",{}),children:s.notFoundGo})})]})})}var Ke=8,Ge={"gate.decided":"lock","deploy.marked":"rocket","definitions.loaded":"file","definitions.refused":"warning","slo.state":"activity","server.started":"\
power"};function De(){let t=l().overview,s=u(c("/events"),{topic:"timeline"});return e("section",{class:"card",children:[e("h2",{children:t.changed}),e(C,{resource:s,
what:t.changes,rows:4,children:({items:o})=>o.length===0?e("p",{class:"muted",children:t.changedNone}):e("ol",{class:"changes",children:[...o].sort((r,n)=>n.id-
r.id).slice(0,Ke).map(r=>e(Ye,{event:r},r.id))})})]})}function Ye({event:t}){let s=Date.parse(t.at);return e("li",{children:[e("time",{class:"sub",dateTime:t.at,
title:g().instant(s),children:g().time(s,w.value)}),e(d,{name:Ge[t.kind]??"clock"}),e("span",{children:t.text})]})}function K({nSlos:t}){let[s,o]=W(Z("checklist")==="off");return s?null:e(We,{nSlos:t,dismiss:()=>{q("checklist","off"),o(!0)}})}function We({nSlos:t,dismiss:s}){
let o=l().overview,r=u(c("/about")).data,n=u(c("/definitions"),{topic:"timeline"}).data,i=u(n?.kinds?c("/notify"):null).data,p=u(c("/events",{topics:"deploy",limit:1}),
{topic:"timeline"}).data;if(!r||!n||!p||n.kinds&&!i)return null;let O=n.kinds.some(({kind:m,objects:k})=>m==="ErrorBudgetPolicy"&&k>0),S=[[o.steps.span,r.spans>
0,a("traces",{}),o.stepsHow.span],[o.steps.slo,t>0,a("slos",{}),o.stepsHow.slo],[o.steps.alert,i===void 0||i.targets.length>0,"","[notify] in nines.toml"],[o.steps.
policy,O,"","kind: ErrorBudgetPolicy"],[o.steps.deploy,p.items.length>0,"",`curl ${location.origin}/api/nines/v1/deploys -H 'content-type: application/json' -d \
'{"service":"…","version":"…"}'`]],P=S.filter(([,m])=>m).length;return P===S.length?null:e("section",{class:"card checklist",children:[e("div",{class:"card-\
head",children:[e("h2",{children:o.stepsTitle(P,S.length)}),e("span",{class:"spring"}),e("button",{type:"button",class:"btn small quiet",onClick:s,children:[e(d,
{name:"x"}),o.stepsDismiss]})]}),e("ol",{children:S.map(([m,k,G,x])=>e("li",{children:[e("span",{class:`pill bare ${k?"ok":"none"}`,children:[e(le,{tone:k?"ok":
"none"}),m,e("span",{class:"sr",children:k?o.stepDone:o.stepOpen})]}),!k&&(G?e("a",{class:"link sub",href:G,children:x}):e("button",{type:"button",class:"btn sm\
all quiet",title:x,onClick:()=>{N(x)},children:[e(d,{name:"copy"}),e("code",{children:x})]}))]},m))})]})}var Ve=`nines slo check definitions/
nines serve --definitions definitions/`,Re="28d";function H(){let t=l().overview,s=g(),o=u(c("/definitions"),{topic:"slos"}).data,r=u(c("/aggregate",{q:"kind=se\
rver",by:"service,op",since:Re,limit:20})).data,n=fe(r?.items??[]);return e(T,{title:t.emptyTitle,children:[e("p",{children:t.emptyText}),n.length>0&&e(f,{children:[
e("h3",{children:t.suggested}),e("ul",{class:"suggested",children:n.map(i=>e("li",{children:[e("span",{children:[e("b",{children:i.op})," ",e("span",{class:"mut\
ed",children:i.service}),e("span",{class:"sub",children:t.achieved(s.sli(i.achieved,i.target),s.count(i.spans),s.window(Re),s.target(i.target))})]}),e("button",
{type:"button",class:"btn small",onClick:()=>{N(de(i))},children:[e(d,{name:"copy"}),t.copyYaml]})]},i.name))})]}),e("pre",{tabIndex:0,children:Ve}),o&&o.directories.
length>0&&e("p",{children:t.emptySince(s.list(o.directories))})]})}function Ie({slos:t,query:s}){let o=l().overview,r=g(),n=t.filter(m=>m.sli!==null),i=n.filter(m=>m.sli!==null&&m.sli>=m.target),p=n.filter(m=>m.budget!==null).sort(
(m,k)=>(m.budget??0)-(k.budget??0))[0],O=t.filter(ce),S=new Set(t.map(m=>m.service)),P=new Set(t.filter(m=>m.gate==="held").map(m=>m.service));return e("section",
{class:"tiles","aria-label":o.numbers,children:[e(B,{to:Q("missed",s),active:s.status==="missed",name:o.meeting,value:o.meetingOf(r.count(i.length),r.count(n.length)),
note:t.length>n.length?o.unmeasured(t.length-n.length):""}),e(B,{to:Q("low",s),active:s.status==="low",name:o.worst,value:p?r.budget(p.budget):"–",note:p?U(p):
"",alarm:p!==void 0&&(p.budget??0)<=0}),e(B,{to:Q("burning",s),active:s.status==="burning",name:o.burning,value:r.count(O.length),note:O[0]?U(O[0]):o.burningNone}),
e(B,{to:Q("held",s),active:s.status==="held",name:o.gate,value:r.count(P.size),note:P.size>0?o.gateHeld(P.size,S.size):o.gateFree(S.size)})]})}function Q(t,s){return a(
"overview",{},{...s,status:s.status===t?"all":t})}function B({to:t,name:s,value:o,note:r,active:n,alarm:i}){return e("a",{class:`card tile${i?" alarm":""}`,href:t,
"aria-current":n?"true":void 0,children:[e("span",{class:"sub",children:s}),e("b",{children:o}),e("span",{class:"sub clip",children:r||" "})]})}var Je=3e4;function Fe({query:t}){let s=l();L(s.overview.title);let o=u(c("/slos"),{topic:"slos"}),r=u(c("/stories"),{topic:"slos"}),n=Date.parse(o.data?.watermark??
""),i=w.value-n>Je;return e(f,{children:[o.old&&e(E,{resource:o,what:s.slo.title}),o.data?.items.length===0&&e(K,{nSlos:0}),e(C,{resource:o,what:s.slo.title,rows:10,
card:!0,children:p=>e(f,{children:[p.items.length>0&&e(Ie,{slos:p.items,query:t}),e("section",{class:"card flush","aria-label":s.slo.table,children:[e(Ze,{list:p.
items,stories:r.data?.items??[],query:t}),i&&p.items.length>0&&e("div",{class:"card-head",children:e(E,{sinceMs:n,what:s.slo.title})}),p.items.length===0?e(H,{}):
e(D,{slos:He(p.items,r.data?.items??[],t),dimmed:o.old,group:t.group,sort:t.sort})]})]})}),e("div",{class:"grid overview-low",children:[e(ue,{stories:r,slos:o.data?.
items??[],query:t}),e(De,{})]}),o.data&&o.data.items.length>0&&e(K,{nSlos:o.data.items.length})]})}function He(t,s,o){let r=s.find(n=>n.name===o.story);return t.
filter(n=>A(n,o.status)&&(!o.story||n.story===o.story||r?.slos.includes(n.name)))}function Ze({list:t,stories:s,query:o}){let r=l();if(t.length===0)return null;
let n=o.status!=="all"||o.story!=="",i=s.find(p=>p.name===o.story);return e("div",{class:"card-head",children:[n&&e(f,{children:[e("span",{class:"muted",children:r.
overview.filtered(He(t,s,o).length,t.length)}),o.status!=="all"&&e("span",{class:"chip",children:r.status[o.status]}),o.story&&e("span",{class:"chip",children:r.
overview.story(i?.title??o.story)}),e("a",{class:"btn small",href:a("overview",{},{group:o.group,sort:o.sort}),children:r.overview.clear})]}),e("span",{class:"s\
pring"}),e(R,{group:o.group,sort:o.sort,set:p=>v(a("overview",{},{...o,...p}),{replace:!0})})]})}function Qe({query:t}){let s=l();L(s.slo.title);let o=u(c("/slos"),{topic:"slos"}),r=(n,i)=>v(a("slos",{},{...t,...n}),{replace:i});return e(f,{children:[o.old&&
e(E,{resource:o,what:s.slo.title}),e("div",{class:"row",children:[e(Ne,{label:s.slo.find,text:t.q,onText:n=>r({q:n},!0)}),e(Me,{label:s.slo.status,values:pe,now:t.
status,text:n=>s.status[n],choose:n=>r({status:n},!1)}),e(R,{group:t.group,sort:t.sort,set:n=>r(n,!0)})]}),e("section",{class:"card flush",children:e(C,{resource:o,
what:s.slo.title,rows:8,children:n=>e(qe,{list:n.items,query:t,dimmed:o.old})})})]})}function qe({list:t,query:s,dimmed:o}){let r=l();if(t.length===0)return e(H,
{});let n=t.filter(i=>A(i,s.status)&&Ce(s.q,[i.displayName,i.name,i.objective,i.service,i.storyTitle,i.story].join(" "))!==null);return n.length>0?e(D,{slos:n,dimmed:o,
group:s.group,sort:s.sort}):e(T,{title:r.slo.nothing,children:e("a",{class:"btn",href:a("slos",{}),children:r.overview.clear})})}function Be(){let t=l();return e("header",{class:"header",children:[e("h1",{title:_.value,children:_.value}),e("span",{class:"spring"}),e(je,{state:ne.value}),e(
"button",{type:"button",class:"btn hide-s",onClick:()=>b.value="palette",children:[t.shell.jump," ",e("kbd",{children:"Ctrl K"})]}),e("button",{type:"button",class:"\
btn icon-only only-s","aria-label":t.palette.label,onClick:()=>b.value="palette",children:e(d,{name:"search"})}),e(z,{label:t.shell.share,button:e(d,{name:"link"}),
buttonClass:"icon-only",iconOnly:!0,children:s=>e(et,{close:s})}),e("button",{type:"button",class:"btn icon-only hide-s","aria-label":t.shell.help,title:t.shell.
help,onClick:()=>b.value="help",children:e(d,{name:"help"})}),e(z,{label:t.shell.appearance,button:e(d,{name:"settings"}),buttonClass:"icon-only",iconOnly:!0,children:s=>e(
f,{children:[e(tt,{}),e("hr",{}),e("a",{class:"item only-s",href:a("stories",{}),onClick:s,children:t.nav.stories}),e("a",{class:"item",href:a("definitions",{}),
onClick:s,children:t.nav.definitions}),e("a",{class:"item",href:a("settings",{}),onClick:s,children:t.nav.settings})]})})]})}function je({state:t}){let s=l().shell,
o={live:s.live,waiting:s.liveWaiting,polling:s.livePolling,paused:s.livePaused};return e("span",{class:`live ${t==="polling"?"waiting":t}`,title:s.liveHint,children:[
e("i",{"aria-hidden":"true"}),e("span",{class:"hide-s",children:o[t]}),e("span",{class:"sr only-s",children:o[t]})]})}function et({close:t}){let s=l(),o=[{label:s.
palette.copyLink,key:"y",run:I},...Se(y.value,Date.now())===null?[]:[{label:s.palette.copyPinned,run:Pe}],...we(y.value)===null?[]:[{label:s.palette.copyCommand,
key:"Y",run:F}]];return e(f,{children:o.map(({label:r,key:n,run:i})=>e("button",{type:"button",class:"item",onClick:()=>{t(),i()},children:[r," ",n&&e("kbd",{children:n})]},
r))})}function tt(){let t=l().shell,s={system:t.system,light:t.light,dark:t.dark};return e(f,{children:[e("fieldset",{children:[e("legend",{children:t.theme}),Le.
map(o=>e("label",{class:"item",children:[e("input",{type:"radio",name:"theme",checked:Oe.value===o,onChange:()=>Ee(o)}),s[o]]},o))]}),e("hr",{}),e("fieldset",{children:[
e("legend",{children:t.language}),j.map(o=>e("label",{class:"item",lang:o,children:[e("input",{type:"radio",name:"lang",checked:te.value===o,onChange:()=>{se(o),
ye()}}),ee[o]]},o))]})]})}function $e(){let t=J.value;return t===0?null:e(M,{tone:"warn",action:e(me,{retry:re}),children:l().state.lost(g().time(t,w.value))})}function ot(t){return t==="trace"||t==="compare"?"traces":t==="slo"?"slos":t}function Ue(){let t=l(),s=u(c("/slos"),{topic:"slos"}).data,o=s?.items.flatMap(i=>i.
alerts??[]).filter(i=>i.level==="firing").length,r=y.value.name,n=[{name:"overview",to:a("overview",{}),icon:"house",label:t.nav.overview},{name:"slos",to:a("sl\
os",{}),icon:"target",label:t.nav.slos,count:s?.items.length},{name:"stories",to:a("stories",{}),icon:"book",label:t.nav.stories,wideOnly:!0},{name:"traces",to:a(
"traces",{}),icon:"traces",label:t.nav.traces},{name:"map",to:a("map",{}),icon:"map",label:t.nav.map},{name:"alerts",to:a("alerts",{}),icon:"bell",label:t.nav.alerts,
count:o},{name:"definitions",to:a("definitions",{}),icon:"file",label:t.nav.definitions,wideOnly:!0},{name:"settings",to:a("settings",{}),icon:"settings",label:t.
nav.settings,wideOnly:!0}];return e("nav",{class:"rail","aria-label":t.nav.label,children:[e("a",{class:"brand",href:a("overview",{}),children:[e(st,{}),"nines"]}),
n.map(i=>e("a",{class:i.wideOnly?"to hide-s":"to",href:i.to,"aria-current":i.name===r?"page":i.name===ot(r)?"true":void 0,children:[e(d,{name:i.icon}),i.label,i.
count!==void 0&&i.count>0&&e("span",{class:"count",children:g().count(i.count)})]},i.name)),$.version&&e("div",{class:"foot",children:t.shell.version($.version)})]})}
function st(){return e("svg",{viewBox:"0 0 18 18","aria-hidden":"true",fill:"none","stroke-width":"2.4","stroke-linecap":"round",children:[e("path",{d:"M14 7.2A\
5 5 0 1 1 12.5 3.6",stroke:"var(--accent)"}),e("path",{d:"M14 7.2c0 4-1.6 7-5 8.8",stroke:"currentColor"})]})}function ze(){let t=l().definitions,s=u(c("/definitions"),{topic:"timeline"}).data;if(!s?.refused)return null;let o=s.findings.filter(i=>i.severity==="error"),r=o[0],
n=y.value.name!=="definitions"&&e("a",{class:"btn small",href:a("definitions",{}),children:t.show});return e(M,{tone:"crit",action:n,children:[e("b",{children:t.
refused(Math.max(1,o.length))})," ",r&&e(f,{children:[e("code",{children:`${r.file}:${r.line}:${r.column}`})," ",r.fact," "]}),e("span",{class:"sub",children:t.
inForceSince(g().time(Date.parse(s.loadedAt),w.value))})]})}var nt=h(()=>import("./detail.js").then(t=>t.SloDetailPage)),it=h(()=>import("./compare.js").then(t=>t.ComparePage)),rt=h(()=>import("./stories.js").
then(t=>t.StoriesPage)),at=h(()=>import("./traces.js").then(t=>t.TracesPage)),lt=h(()=>import("./trace.js").then(t=>t.TracePage)),mt=h(
()=>import("./map.js").then(t=>t.MapPage)),pt=h(()=>import("./alerts.js").then(t=>t.AlertsPage)),ct=h(()=>import("./definitions.js").
then(t=>t.DefinitionsPage)),ut=h(()=>import("./settings.js").then(t=>t.SettingsPage)),ft=h(()=>import("./help.js").then(t=>t.HelpSheet),
!0),dt=h(()=>import("./palette.js").then(t=>t.Palette),!0);function _e(){let t=l(),s=X(null);ge([{keys:"Ctrl+K",label:t.keys.palette,group:"global",
run:()=>b.value="palette"},{keys:"/",label:t.keys.filter,group:"global",run:Te},{keys:"?",label:t.keys.help,group:"global",run:()=>b.value="help"},{keys:"g o",label:t.
keys.goOverview,group:"global",run:()=>v(a("overview",{}))},{keys:"g s",label:t.keys.goSlos,group:"global",run:()=>v(a("slos",{}))},{keys:"g u",label:t.keys.goStories,
group:"global",run:()=>v(a("stories",{}))},{keys:"g t",label:t.keys.goTraces,group:"global",run:()=>v(a("traces",{}))},{keys:"g m",label:t.keys.goMap,group:"glo\
bal",run:()=>v(a("map",{}))},{keys:"g a",label:t.keys.goAlerts,group:"global",run:()=>v(a("alerts",{}))},{keys:"g d",label:t.keys.goDefinitions,group:"global",run:()=>v(
a("definitions",{}))},{keys:"g c",label:t.keys.goSettings,group:"global",run:()=>v(a("settings",{}))},{keys:"y",label:t.keys.copyLink,group:"global",run:I},{keys:"\
Shift+Y",label:t.keys.copyCommand,group:"global",run:F}]);let o=he.value;return V(()=>{o!==0&&(scrollTo(0,0),s.current?.focus({preventScroll:!0}))},[o]),e(f,{children:[
e("a",{class:"skip",href:"#main",children:t.nav.skip}),e(Ue,{}),e("div",{children:[e(Be,{}),e("main",{id:"main",class:"wrap",ref:s,tabIndex:-1,children:[e($e,{}),
e(ze,{}),e(gt,{})]})]}),b.value==="palette"&&e(dt,{}),b.value==="help"&&e(ft,{}),e(ae,{})]})}function gt(){let t=y.value;switch(t.name){case"overview":return e(
Fe,{query:t.query});case"slos":return e(Qe,{query:t.query});case"slo":return e(nt,{name:t.path.name,query:t.query},t.path.name);case"stories":return e(rt,{query:t.
query});case"traces":return e(at,{query:t.query});case"trace":return e(lt,{id:t.path.id,query:t.query},t.path.id);case"compare":return e(it,{a:t.path.a,b:t.path.
b,query:t.query},`${t.path.a} ${t.path.b}`);case"map":return e(mt,{query:t.query});case"alerts":return e(pt,{query:t.query});case"definitions":return e(ct,{query:t.
query});case"settings":return e(ut,{});case"missing":return e(Ae,{pathname:t.pathname})}}await oe();xe();be();ve();ke();ie();Y(e(_e,{}),document.getElementById("app"));
