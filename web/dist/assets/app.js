import{A as J,B as Z,Ca as ue,E as q,F as j,Fa as fe,G as ee,Ga as de,I as l,Ia as y,J as h,Ja as ge,K as te,La as d,M as oe,Ma as ve,N as u,Na as he,Nb as be,O as se,
Ob as ke,Pb as b,Q as w,Qb as F,R as re,Ra as R,Rb as we,S as ne,Sb as H,Tb as Se,U as ie,Ub as z,V as ae,Va as D,Vb as C,W as g,Wa as U,X as le,Xb as Pe,Zb as Te,
_ as A,_b as Ce,a as f,aa as M,ac as Le,b as G,c as W,ca as O,d as Y,da as me,ea as T,eb as ye,ec as Oe,f as V,h as e,ia as N,ic as v,j as X,ja as pe,k as c,mc as Ee,
nc as Ae,oa as a,ra as ce,ta as x,xa as $,z as B}from"./chunk.js";function Me({pathname:t}){let s=l().state;return C(s.notFoundTitle),e("section",{class:"card",children:e(A,{title:s.notFoundTitle,children:[e("p",{children:s.notFoundText(
t)}),e("div",{class:"row",children:e("a",{class:"btn primary",href:a("overview",{}),children:s.notFoundGo})})]})})}var Ue=8,ze={"gate.decided":"lock","deploy.marked":"rocket","definitions.loaded":"file","definitions.refused":"warning","slo.state":"activity","server.started":"\
power"};function Ne(){let t=l().overview,s=u(c("/events"),{topic:"timeline"});return e("section",{class:"card",children:[e("h2",{children:t.changed}),e(T,{resource:s,
what:t.changes,rows:4,children:({items:o})=>o.length===0?e("p",{class:"muted",children:t.changedNone}):e("ol",{class:"changes",children:[...o].sort((n,r)=>r.id-
n.id).slice(0,Ue).map(n=>e(_e,{event:n},n.id))})})]})}function _e({event:t}){let s=Date.parse(t.at);return e("li",{children:[e("time",{class:"sub",dateTime:t.at,
title:h().instant(s),children:h().time(s,w.value)}),e(g,{name:ze[t.kind]??"clock"}),e("span",{children:t.text})]})}function _({nSlos:t}){let[s,o]=W(J("checklist")==="off");return s?null:e(Ke,{nSlos:t,dismiss:()=>{Z("checklist","off"),o(!0)}})}function Ke({nSlos:t,dismiss:s}){
let o=l().overview,n=u(c("/about")).data,r=u(c("/definitions"),{topic:"timeline"}).data,i=u(r?.kinds?c("/notify"):null).data,p=u(c("/events",{topics:"deploy",limit:1}),
{topic:"timeline"}).data;if(!n||!r||!p||r.kinds&&!i)return null;let L=r.kinds.some(({kind:m,objects:k})=>m==="ErrorBudgetPolicy"&&k>0),S=[[o.steps.span,n.spans>
0,a("traces",{}),o.stepsHow.span],[o.steps.slo,t>0,a("slos",{}),o.stepsHow.slo],[o.steps.alert,i===void 0||i.targets.length>0,"","[notify] in nines.toml"],[o.steps.
policy,L,"","kind: ErrorBudgetPolicy"],[o.steps.deploy,p.items.length>0,"",`curl ${location.origin}/api/nines/v1/deploys -H 'content-type: application/json' -d \
'{"service":"…","version":"…"}'`]],P=S.filter(([,m])=>m).length;return P===S.length?null:e("section",{class:"card checklist",children:[e("div",{class:"card-\
head",children:[e("h2",{children:o.stepsTitle(P,S.length)}),e("span",{class:"spring"}),e("button",{type:"button",class:"btn small quiet",onClick:s,children:[e(g,
{name:"x"}),o.stepsDismiss]})]}),e("ol",{children:S.map(([m,k,K,E])=>e("li",{children:[e("span",{class:`pill bare ${k?"ok":"none"}`,children:[e(le,{tone:k?"ok":
"none"}),m,e("span",{class:"sr",children:k?o.stepDone:o.stepOpen})]}),!k&&(K?e("a",{class:"link sub",href:K,children:E}):e("button",{type:"button",class:"btn sm\
all quiet",title:E,onClick:()=>{ae(E)},children:[e(g,{name:"copy"}),e("code",{children:E})]}))]},m))})]})}function xe({slos:t,query:s}){let o=l().overview,n=h(),r=t.filter(m=>m.sli!==null),i=r.filter(m=>m.sli!==null&&m.sli>=m.target),p=r.filter(m=>m.budget!==null).sort(
(m,k)=>(m.budget??0)-(k.budget??0))[0],L=t.filter(ce),S=new Set(t.map(m=>m.service)),P=new Set(t.filter(m=>m.gate==="held").map(m=>m.service));return e("section",
{class:"tiles","aria-label":o.numbers,children:[e(Q,{to:I("missed",s),active:s.status==="missed",name:o.meeting,value:o.meetingOf(n.count(i.length),n.count(r.length)),
note:t.length>r.length?o.unmeasured(t.length-r.length):""}),e(Q,{to:I("low",s),active:s.status==="low",name:o.worst,value:p?n.budget(p.budget):"–",note:p?$(p):
"",alarm:p!==void 0&&(p.budget??0)<=0}),e(Q,{to:I("burning",s),active:s.status==="burning",name:o.burning,value:n.count(L.length),note:L[0]?$(L[0]):o.burningNone}),
e(Q,{to:I("held",s),active:s.status==="held",name:o.gate,value:n.count(P.size),note:P.size>0?o.gateHeld(P.size,S.size):o.gateFree(S.size)})]})}function I(t,s){return a(
"overview",{},{...s,status:s.status===t?"all":t})}function Q({to:t,name:s,value:o,note:n,active:r,alarm:i}){return e("a",{class:`card tile${i?" alarm":""}`,href:t,
"aria-current":r?"true":void 0,children:[e("span",{class:"sub",children:s}),e("b",{children:o}),e("span",{class:"sub clip",children:n||" "})]})}var We=3e4;function Re({query:t}){let s=l();C(s.overview.title);let o=u(c("/slos"),{topic:"slos"}),n=u(c("/stories"),{topic:"slos"}),r=Date.parse(o.data?.watermark??
""),i=w.value-r>We;return e(f,{children:[o.old&&e(O,{resource:o,what:s.slo.title}),o.data?.items.length===0&&e(_,{nSlos:0}),e(T,{resource:o,what:s.slo.title,rows:10,
card:!0,children:p=>e(f,{children:[p.items.length>0&&e(xe,{slos:p.items,query:t}),e("section",{class:"card flush","aria-label":s.slo.table,children:[e(Ye,{list:p.
items,stories:n.data?.items??[],query:t}),i&&p.items.length>0&&e("div",{class:"card-head",children:e(O,{sinceMs:r,what:s.slo.title})}),p.items.length===0?e(N,{}):
e(R,{slos:De(p.items,n.data?.items??[],t),dimmed:o.old,group:t.group,sort:t.sort})]})]})}),e("div",{class:"grid overview-low",children:[e(ue,{stories:n,slos:o.data?.
items??[],query:t}),e(Ne,{})]}),o.data&&o.data.items.length>0&&e(_,{nSlos:o.data.items.length})]})}function De(t,s,o){let n=s.find(r=>r.name===o.story);return t.
filter(r=>x(r,o.status)&&(!o.story||r.story===o.story||n?.slos.includes(r.name)))}function Ye({list:t,stories:s,query:o}){let n=l();if(t.length===0)return null;
let r=o.status!=="all"||o.story!=="",i=s.find(p=>p.name===o.story);return e("div",{class:"card-head",children:[r&&e(f,{children:[e("span",{class:"muted",children:n.
overview.filtered(De(t,s,o).length,t.length)}),o.status!=="all"&&e("span",{class:"chip",children:n.status[o.status]}),o.story&&e("span",{class:"chip",children:n.
overview.story(i?.title??o.story)}),e("a",{class:"btn small",href:a("overview",{},{group:o.group,sort:o.sort}),children:n.overview.clear})]}),e("span",{class:"s\
pring"}),e(D,{group:o.group,sort:o.sort,set:p=>d(a("overview",{},{...o,...p}),{replace:!0})})]})}function Fe({query:t}){let s=l();C(s.slo.title);let o=u(c("/slos"),{topic:"slos"}),n=(r,i)=>d(a("slos",{},{...t,...r}),{replace:i});return e(f,{children:[o.old&&
e(O,{resource:o,what:s.slo.title}),e("div",{class:"row",children:[e(Ee,{label:s.slo.find,text:t.q,onText:r=>n({q:r},!0)}),e(Ae,{label:s.slo.status,values:pe,now:t.
status,text:r=>s.status[r],choose:r=>n({status:r},!1)}),e(D,{group:t.group,sort:t.sort,set:r=>n(r,!0)})]}),e("section",{class:"card flush",children:e(T,{resource:o,
what:s.slo.title,rows:8,children:r=>e(Ve,{list:r.items,query:t,dimmed:o.old})})})]})}function Ve({list:t,query:s,dimmed:o}){let n=l();if(t.length===0)return e(N,
{});let r=t.filter(i=>x(i,s.status)&&Pe(s.q,[i.displayName,i.name,i.objective,i.service,i.storyTitle,i.story].join(" "))!==null);return r.length>0?e(R,{slos:r,dimmed:o,
group:s.group,sort:s.sort}):e(A,{title:n.slo.nothing,children:e("a",{class:"btn",href:a("slos",{}),children:n.overview.clear})})}function He(){let t=l();return e("header",{class:"header",children:[e("h1",{title:z.value,children:z.value}),e("span",{class:"spring"}),e(Xe,{state:se.value}),e(
"button",{type:"button",class:"btn hide-s",onClick:()=>b.value="palette",children:[t.shell.jump," ",e("kbd",{children:"Ctrl K"})]}),e("button",{type:"button",class:"\
btn icon-only only-s","aria-label":t.palette.label,onClick:()=>b.value="palette",children:e(g,{name:"search"})}),e(U,{label:t.shell.share,button:e(g,{name:"link"}),
buttonClass:"icon-only",iconOnly:!0,children:s=>e(Je,{close:s})}),e("button",{type:"button",class:"btn icon-only hide-s","aria-label":t.shell.help,title:t.shell.
help,onClick:()=>b.value="help",children:e(g,{name:"help"})}),e(U,{label:t.shell.appearance,button:e(g,{name:"settings"}),buttonClass:"icon-only",iconOnly:!0,children:s=>e(
f,{children:[e(Ze,{}),e("hr",{}),e("a",{class:"item only-s",href:a("stories",{}),onClick:s,children:t.nav.stories}),e("a",{class:"item",href:a("definitions",{}),
onClick:s,children:t.nav.definitions}),e("a",{class:"item",href:a("settings",{}),onClick:s,children:t.nav.settings})]})})]})}function Xe({state:t}){let s=l().shell,
o={live:s.live,waiting:s.liveWaiting,polling:s.livePolling,paused:s.livePaused};return e("span",{class:`live ${t==="polling"?"waiting":t}`,title:s.liveHint,children:[
e("i",{"aria-hidden":"true"}),e("span",{class:"hide-s",children:o[t]}),e("span",{class:"sr only-s",children:o[t]})]})}function Je({close:t}){let s=l(),o=[{label:s.
palette.copyLink,key:"y",run:F},...ke(y.value,Date.now())===null?[]:[{label:s.palette.copyPinned,run:we}],...be(y.value)===null?[]:[{label:s.palette.copyCommand,
key:"Y",run:H}]];return e(f,{children:o.map(({label:n,key:r,run:i})=>e("button",{type:"button",class:"item",onClick:()=>{t(),i()},children:[n," ",r&&e("kbd",{children:r})]},
n))})}function Ze(){let t=l().shell,s={system:t.system,light:t.light,dark:t.dark};return e(f,{children:[e("fieldset",{children:[e("legend",{children:t.theme}),Te.
map(o=>e("label",{class:"item",children:[e("input",{type:"radio",name:"theme",checked:Ce.value===o,onChange:()=>Le(o)}),s[o]]},o))]}),e("hr",{}),e("fieldset",{children:[
e("legend",{children:t.language}),q.map(o=>e("label",{class:"item",lang:o,children:[e("input",{type:"radio",name:"lang",checked:ee.value===o,onChange:()=>{oe(o),
ve()}}),j[o]]},o))]})]})}function Ie(){let t=X.value;return t===0?null:e(M,{tone:"warn",action:e(me,{retry:ne}),children:l().state.lost(h().time(t,w.value))})}function qe(t){return t==="trace"||t==="compare"?"traces":t==="slo"?"slos":t}function Qe(){let t=l(),s=u(c("/slos"),{topic:"timeline"}).data,o=s?.items.flatMap(
i=>i.alerts??[]).filter(i=>i.level==="firing").length,n=y.value.name,r=[{name:"overview",to:a("overview",{}),icon:"house",label:t.nav.overview},{name:"slos",to:a(
"slos",{}),icon:"target",label:t.nav.slos,count:s?.items.length},{name:"stories",to:a("stories",{}),icon:"book",label:t.nav.stories,wideOnly:!0},{name:"traces",
to:a("traces",{}),icon:"traces",label:t.nav.traces},{name:"map",to:a("map",{}),icon:"map",label:t.nav.map},{name:"alerts",to:a("alerts",{}),icon:"bell",label:t.
nav.alerts,count:o},{name:"definitions",to:a("definitions",{}),icon:"file",label:t.nav.definitions,wideOnly:!0},{name:"settings",to:a("settings",{}),icon:"setti\
ngs",label:t.nav.settings,wideOnly:!0}];return e("nav",{class:"rail","aria-label":t.nav.label,children:[e("a",{class:"brand",href:a("overview",{}),children:[e(je,
{}),"nines"]}),r.map(i=>e("a",{class:i.wideOnly?"to hide-s":"to",href:i.to,"aria-current":i.name===n?"page":i.name===qe(n)?"true":void 0,children:[e(g,{name:i.icon}),
i.label,i.count!==void 0&&i.count>0&&e("span",{class:"count",children:h().count(i.count)})]},i.name)),B.version&&e("div",{class:"foot",children:t.shell.version(
B.version)})]})}function je(){return e("svg",{viewBox:"0 0 18 18","aria-hidden":"true",fill:"none","stroke-width":"2.4","stroke-linecap":"round",children:[e("pa\
th",{d:"M14 7.2A5 5 0 1 1 12.5 3.6",stroke:"var(--accent)"}),e("path",{d:"M14 7.2c0 4-1.6 7-5 8.8",stroke:"currentColor"})]})}function Be(){let t=l().definitions,s=u(c("/definitions"),{topic:"timeline"}).data;if(!s?.refused)return null;let o=s.findings.filter(i=>i.severity==="error"),n=o[0],
r=y.value.name!=="definitions"&&e("a",{class:"btn small",href:a("definitions",{}),children:t.show});return e(M,{tone:"crit",action:r,children:[e("b",{children:t.
refused(Math.max(1,o.length))})," ",n&&e(f,{children:[e("code",{children:`${n.file}:${n.line}:${n.column}`})," ",n.fact," "]}),e("span",{class:"sub",children:t.
inForceSince(h().time(Date.parse(s.loadedAt),w.value))})]})}var et=v(()=>import("./detail.js").then(t=>t.SloDetailPage)),tt=v(()=>import("./compare.js").then(t=>t.ComparePage)),ot=v(()=>import("./stories.js").
then(t=>t.StoriesPage)),st=v(()=>import("./traces.js").then(t=>t.TracesPage)),rt=v(()=>import("./trace.js").then(t=>t.TracePage)),nt=v(
()=>import("./map.js").then(t=>t.MapPage)),it=v(()=>import("./alerts.js").then(t=>t.AlertsPage)),at=v(()=>import("./definitions.js").
then(t=>t.DefinitionsPage)),lt=v(()=>import("./settings.js").then(t=>t.SettingsPage)),mt=v(()=>import("./help.js").then(t=>t.HelpSheet),
!0),pt=v(()=>import("./palette.js").then(t=>t.Palette),!0);function $e(){let t=l(),s=V(null);fe([{keys:"Ctrl+K",label:t.keys.palette,group:"global",
run:()=>b.value="palette"},{keys:"/",label:t.keys.filter,group:"global",run:Se},{keys:"?",label:t.keys.help,group:"global",run:()=>b.value="help"},{keys:"g o",label:t.
keys.goOverview,group:"global",run:()=>d(a("overview",{}))},{keys:"g s",label:t.keys.goSlos,group:"global",run:()=>d(a("slos",{}))},{keys:"g u",label:t.keys.goStories,
group:"global",run:()=>d(a("stories",{}))},{keys:"g t",label:t.keys.goTraces,group:"global",run:()=>d(a("traces",{}))},{keys:"g m",label:t.keys.goMap,group:"glo\
bal",run:()=>d(a("map",{}))},{keys:"g a",label:t.keys.goAlerts,group:"global",run:()=>d(a("alerts",{}))},{keys:"g d",label:t.keys.goDefinitions,group:"global",run:()=>d(
a("definitions",{}))},{keys:"g c",label:t.keys.goSettings,group:"global",run:()=>d(a("settings",{}))},{keys:"y",label:t.keys.copyLink,group:"global",run:F},{keys:"\
Shift+Y",label:t.keys.copyCommand,group:"global",run:H}]);let o=ge.value;return Y(()=>{o!==0&&(scrollTo(0,0),s.current?.focus({preventScroll:!0}))},[o]),e(f,{children:[
e("a",{class:"skip",href:"#main",children:t.nav.skip}),e(Qe,{}),e("div",{children:[e(He,{}),e("main",{id:"main",class:"wrap",ref:s,tabIndex:-1,children:[e(Ie,{}),
e(Be,{}),e(ct,{})]})]}),b.value==="palette"&&e(pt,{}),b.value==="help"&&e(mt,{}),e(ie,{})]})}function ct(){let t=y.value;switch(t.name){case"overview":return e(
Re,{query:t.query});case"slos":return e(Fe,{query:t.query});case"slo":return e(et,{name:t.path.name,query:t.query},t.path.name);case"stories":return e(ot,{query:t.
query});case"traces":return e(st,{query:t.query});case"trace":return e(rt,{id:t.path.id,query:t.query},t.path.id);case"compare":return e(tt,{a:t.path.a,b:t.path.
b,query:t.query},`${t.path.a} ${t.path.b}`);case"map":return e(nt,{query:t.query});case"alerts":return e(it,{query:t.query});case"definitions":return e(at,{query:t.
query});case"settings":return e(lt,{});case"missing":return e(Me,{pathname:t.pathname})}}await te();Oe();he();de();ye();re();G(e($e,{}),document.getElementById("app"));
