import{I as p,J as d,La as S,N as b,Q as f,Ub as P,V as k,W as $,Wb as Q,Y as w,_ as g,a as h,ca as F,ea as D,h as t,k as v,ka as m,kc as x,lc as A}from"./chunk.js";var u=300;function N({query:o}){let s=p().definitions;P(s.title);let i=b(v("/definitions",{objects:"true"}),{topic:"timeline"});return t(h,{children:[i.old&&t(F,
{resource:i,what:s.title}),t(D,{resource:i,what:s.title,rows:10,card:!0,children:r=>t(h,{children:[t(O,{title:s.faults,note:r.refusedAt&&s.refusedAt(d().time(Date.
parse(r.refusedAt),f.value)),findings:r.findings.filter(n=>n.set==="refused")}),t(T,{definitions:r}),t(O,{title:s.warnings,findings:r.findings.filter(n=>n.set===
"inForce")}),t(I,{definitions:r,query:o})]})})]})}function T({definitions:o}){let s=p().definitions,i=d(),{directories:r,files:n}=o,c=Date.parse(o.loadedAt),l=[
[s.generation,i.count(o.generation),s.generationHint],[s.loaded,i.time(c,f.value),i.relative(c,f.value)],[s.objects,i.count(o.kinds.reduce((e,a)=>e+a.objects,0)),
s.nFiles(n.length)],[s.files,i.count(n.length),r.length>0?s.watched(i.list(r)):s.builtIn]];return t("section",{class:"tiles","aria-label":s.title,children:l.map(
([e,a,y])=>t("div",{class:"card tile",children:[t("span",{class:"sub",children:e}),t("b",{children:a}),t("span",{class:"sub clip",title:y,children:y})]},e))})}function O({
title:o,note:s,findings:i}){let r=p().definitions;return i.length===0?null:t("section",{class:"card",children:[t("div",{class:"card-head",children:[t("h2",{children:o}),
t("span",{class:"sub",children:s})]}),t("ol",{class:"findings",children:i.slice(0,u).map((n,c)=>{let l=`${n.file}:${n.line}:${n.column}`;return t("li",{children:[
t("div",{class:"row tight",children:[t(w,{tone:n.severity==="error"?"crit":"warn",children:r[n.severity]}),t("code",{children:l}),t("button",{type:"button",class:"\
btn small icon-only quiet","aria-label":r.copyPlace(l),title:r.copyPlace(l),onClick:()=>{k(l)},children:t($,{name:"copy"})}),n.path&&t("code",{class:"sub",children:n.
path})]}),t("p",{children:n.fact}),t("p",{class:"muted",children:["→ ",n.hint]})]},c)})}),i.length>u&&t("p",{class:"sub",children:r.more(d().count(i.length-u))})]})}
function I({definitions:o,query:s}){let i=p().definitions,r=d(),n=(e,a)=>S(m("definitions",{},{...s,...e}),{replace:a}),c=o.objects??[];if(c.length===0)return t(
"section",{class:"card",children:t(g,{title:i.emptyTitle,children:o.directories.length>0&&t("p",{children:i.watched(d().list(o.directories))})})});let l=c.filter(
e=>(!s.kind||e.kind===s.kind)&&Q(s.q,`${e.name} ${e.kind} ${e.file}`)!==null);return t("section",{class:"card flush",children:[t("div",{class:"card-head",children:[
t("h2",{children:i.inForce}),t(x,{label:i.find,text:s.q,onText:e=>n({q:e},!0)}),t(A,{label:i.kind,values:["",...o.kinds.map(e=>e.kind)],now:s.kind,text:e=>`${e||
i.all} ${r.count(o.kinds.find(a=>a.kind===e)?.objects??c.length)}`,choose:e=>n({kind:e},!1)})]}),l.length===0?t(g,{title:i.nothing}):t("table",{"aria-label":i.inForce,
class:"definitions-table",children:[t("thead",{children:t("tr",{children:[t("th",{scope:"col",children:i.kind}),t("th",{scope:"col",children:i.name}),t("th",{scope:"\
col",children:i.place})]})}),t("tbody",{children:l.slice(0,u).map(e=>{let a=L(e.kind,e.name);return t("tr",{children:[t("td",{class:"sub",children:e.kind}),t("t\
d",{children:a?t("a",{class:"link",href:a,children:e.name}):e.name}),t("td",{class:"mono",children:`${e.file}:${e.line}:${e.column}`})]},`${e.kind} ${e.name}`)})})]}),
l.length>u&&t("p",{class:"state sub",children:i.more(d().count(l.length-u))})]})}function L(o,s){return o==="SLO"?m("slo",{name:s}):o==="Service"?m("slos",{},{q:s}):
o==="UserStory"?m("overview",{},{story:s}):null}export{N as DefinitionsPage};
