import{I as d,J as p,La as S,N as v,Q as f,V as k,Vb as I,W as $,Xb as P,Y as w,_ as g,a as h,ca as F,ea as D,h as t,ha as x,k as b,mc as Q,nc as T,oa as u}from"./chunk.js";var m=300;function Y({query:o}){let s=d().definitions;I(s.title);let i=v(b("/definitions",{objects:"true"}),{topic:"timeline"});return t(h,{children:[i.old&&t(F,
{resource:i,what:s.title}),t(D,{resource:i,what:s.title,rows:10,card:!0,children:r=>t(h,{children:[t(A,{title:s.faults,note:r.refusedAt&&s.refusedAt(p().time(Date.
parse(r.refusedAt),f.value)),findings:r.findings.filter(n=>n.set==="refused")}),t(O,{definitions:r}),t(A,{title:s.warnings,findings:r.findings.filter(n=>n.set===
"inForce")}),t(E,{definitions:r,query:o})]})})]})}function O({definitions:o}){let s=d().definitions,i=p(),{directories:r,files:n}=o,c=Date.parse(o.loadedAt),l=[
[s.generation,i.count(o.generation),s.generationHint],[s.loaded,i.time(c,f.value),i.relative(c,f.value)],[s.objects,i.count(o.kinds.reduce((e,a)=>e+a.objects,0)),
s.nFiles(n.length)],[s.files,i.count(n.length),r.length>0?s.watched(i.list(r)):s.builtIn]];return t("section",{class:"tiles","aria-label":s.title,children:l.map(
([e,a,y])=>t("div",{class:"card tile",children:[t("span",{class:"sub",children:e}),t("b",{children:a}),t("span",{class:"sub clip",title:y,children:y})]},e))})}function A({
title:o,note:s,findings:i}){let r=d().definitions;return i.length===0?null:t("section",{class:"card",children:[t("div",{class:"card-head",children:[t("h2",{children:o}),
t("span",{class:"sub",children:s})]}),t("ol",{class:"findings",children:i.slice(0,m).map((n,c)=>{let l=`${n.file}:${n.line}:${n.column}`;return t("li",{children:[
t("div",{class:"row tight",children:[t(w,{tone:n.severity==="error"?"crit":"warn",children:r[n.severity]}),t("code",{children:l}),t("button",{type:"button",class:"\
btn small icon-only quiet","aria-label":r.copyPlace(l),title:r.copyPlace(l),onClick:()=>{k(l)},children:t($,{name:"copy"})}),n.path&&t("code",{class:"sub",children:n.
path})]}),t("p",{children:n.fact}),t("p",{class:"muted",children:["→ ",n.hint]})]},c)})}),i.length>m&&t("p",{class:"sub",children:r.more(p().count(i.length-m))})]})}
function E({definitions:o,query:s}){let i=d().definitions,r=p(),n=(e,a)=>S(u("definitions",{},{...s,...e}),{replace:a}),c=o.objects??[];if(c.length===0)return t(
"section",{class:"card",children:t(g,{title:i.emptyTitle,children:[t("p",{children:o.directories.length>0?i.watched(r.list(o.directories)):i.emptyText}),t("pre",
{tabIndex:0,children:x})]})});let l=c.filter(e=>(!s.kind||e.kind===s.kind)&&P(s.q,`${e.name} ${e.kind} ${e.file}`)!==null);return t("section",{class:"card flush",
children:[t("div",{class:"card-head",children:[t("h2",{children:i.inForce}),t(Q,{label:i.find,text:s.q,onText:e=>n({q:e},!0)}),t(T,{label:i.kind,values:["",...o.
kinds.map(e=>e.kind)],now:s.kind,text:e=>`${e||i.all} ${r.count(o.kinds.find(a=>a.kind===e)?.objects??c.length)}`,choose:e=>n({kind:e},!1)})]}),l.length===0?t(g,
{title:i.nothing,children:t("a",{class:"btn",href:u("definitions",{}),children:d().overview.clear})}):t("table",{"aria-label":i.inForce,class:"definitions-table",
children:[t("thead",{children:t("tr",{children:[t("th",{scope:"col",children:i.kind}),t("th",{scope:"col",children:i.name}),t("th",{scope:"col",children:i.place})]})}),
t("tbody",{children:l.slice(0,m).map(e=>{let a=q(e.kind,e.name);return t("tr",{children:[t("td",{class:"sub",children:e.kind}),t("td",{children:a?t("a",{class:"\
link",href:a,children:e.name}):e.name}),t("td",{class:"mono",children:`${e.file}:${e.line}:${e.column}`})]},`${e.kind} ${e.name}`)})})]}),l.length>m&&t("p",{class:"\
state sub",children:i.more(p().count(l.length-m))})]})}function q(o,s){return o==="SLO"?u("slo",{name:s}):o==="Service"?u("slos",{},{q:s}):o==="UserStory"?u("st\
ories",{},{q:s}):null}export{Y as DefinitionsPage};
