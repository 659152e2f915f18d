import{Ea as g,Eb as D,Gb as P,H as p,I as u,M as k,P as m,Tb as y,Wb as Q,Xb as S,a as h,ac as A,h as t,ia as $,j as b,oa as f,rb as F,sa as w}from"./chunk.js";var d=300;function J({query:l}){let s=p().definitions;D(s.title);let n=k(b("/definitions",{objects:"true"}),{topic:"timeline"});return t(h,{children:[n.old&&t(Q,
{resource:n,what:s.title}),t(S,{resource:n,what:s.title,rows:10,card:!0,children:r=>t(h,{children:[t(O,{title:s.faults,note:r.refusedAt&&s.refusedAt(u().time(Date.
parse(r.refusedAt),m.value)),findings:r.findings.filter(i=>i.set==="refused")}),t(T,{definitions:r}),t(O,{title:s.warnings,findings:r.findings.filter(i=>i.set===
"inForce")}),t(I,{definitions:r,query:l})]})})]})}function T({definitions:l}){let s=p().definitions,n=u(),{directories:r,files:i}=l,c=Date.parse(l.loadedAt),o=[
[s.generation,n.count(l.generation),s.generationHint],[s.loaded,n.time(c,m.value),n.relative(c,m.value)],[s.objects,n.count(l.kinds.reduce((e,a)=>e+a.objects,0)),
s.nFiles(i.length)],[s.files,n.count(i.length),r.length>0?s.watched(n.list(r)):s.builtIn]];return t("section",{class:"tiles","aria-label":s.title,children:o.map(
([e,a,v])=>t("div",{class:"card tile",children:[t("span",{class:"sub",children:e}),t("b",{children:a}),t("span",{class:"sub clip",title:v,children:v})]},e))})}function O({
title:l,note:s,findings:n}){let r=p().definitions;return n.length===0?null:t("section",{class:"card",children:[t("div",{class:"card-head",children:[t("h2",{children:l}),
t("span",{class:"sub",children:s})]}),t("ol",{class:"findings",children:n.slice(0,d).map((i,c)=>{let o=`${i.file}:${i.line}:${i.column}`;return t("li",{children:[
t("div",{class:"row tight",children:[t($,{tone:i.severity==="error"?"crit":"warn",children:r[i.severity]}),t("code",{children:o}),t("button",{type:"button",class:"\
btn small icon-only quiet","aria-label":r.copyPlace(o),title:r.copyPlace(o),onClick:()=>{F(o)},children:t(g,{name:"copy"})}),i.path&&t("code",{class:"sub",children:i.
path})]}),t("p",{children:i.fact}),t("p",{class:"muted",children:["→ ",i.hint]})]},c)})}),n.length>d&&t("p",{class:"sub",children:r.more(u().count(n.length-d))})]})}
function I({definitions:l,query:s}){let n=p().definitions,r=u(),i=(e,a)=>w(f("definitions",{},{...s,...e}),{replace:a}),c=l.objects??[];if(c.length===0)return t(
"section",{class:"card",children:t(y,{title:n.emptyTitle,children:l.directories.length>0&&t("p",{children:n.watched(u().list(l.directories))})})});let o=c.filter(
e=>(!s.kind||e.kind===s.kind)&&P(s.q,`${e.name} ${e.kind} ${e.file}`)!==null);return t("section",{class:"card flush",children:[t("div",{class:"card-head",children:[
t("h2",{children:n.inForce}),t("label",{class:"search",children:[t(g,{name:"search"}),t("span",{class:"sr",children:n.find}),t("input",{class:"input",type:"sear\
ch","data-filter":!0,placeholder:n.find,value:s.q,onInput:e=>i({q:e.currentTarget.value},!0)})]}),t(A,{label:n.kind,values:["",...l.kinds.map(e=>e.kind)],now:s.
kind,text:e=>`${e||n.all} ${r.count(l.kinds.find(a=>a.kind===e)?.objects??c.length)}`,choose:e=>i({kind:e},!1)})]}),o.length===0?t(y,{title:n.nothing}):t("table",
{"aria-label":n.inForce,class:"definitions-table",children:[t("thead",{children:t("tr",{children:[t("th",{scope:"col",children:n.kind}),t("th",{scope:"col",children:n.
name}),t("th",{scope:"col",children:n.place})]})}),t("tbody",{children:o.slice(0,d).map(e=>{let a=q(e.kind,e.name);return t("tr",{children:[t("td",{class:"sub",
children:e.kind}),t("td",{children:a?t("a",{class:"link",href:a,children:e.name}):e.name}),t("td",{class:"mono",children:`${e.file}:${e.line}:${e.column}`})]},`${e.
kind} ${e.name}`)})})]}),o.length>d&&t("p",{class:"state sub",children:n.more(u().count(o.length-d))})]})}function q(l,s){return l==="SLO"?f("slo",{name:s}):l===
"Service"?f("slos",{},{q:s}):l==="UserStory"?f("overview",{},{story:s}):null}export{J as DefinitionsPage};
