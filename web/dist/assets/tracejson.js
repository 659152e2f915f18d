import{Cb as y,J as m,W as f,X as i,_ as d,a as c,aa as b,c as r,d as u,fb as w,h as t}from"./chunk.js";var j=1e5;function T({model:n}){let e=m(),[a,v]=r(0),[o,l]=r(void 0);if(u(()=>{let s=!0;return w(n.traceId).then(h=>s&&l(h),()=>s&&l(null)),()=>{s=!1}},[n,a]),o===void 0)return t(d,{rows:10});if(o===null)return t(b,{what:e.trace.json,problem:{
title:"",status:0},retry:()=>v(a+1)});let p=o.length>j;return t(c,{children:[t("div",{class:"row tight table-tools",children:[t("span",{class:"sub",children:p?e.trace.jsonCut:e.trace.jsonHint}),t("span",{class:"spring"}),t("button",{type:"b\
utton",class:"btn small",onClick:()=>{f(o)},children:[t(i,{name:"copy"}),e.shell.copy]}),t("button",{type:"button",class:"btn small",onClick:()=>y(`${n.traceId}.json`,"application/json",o),children:[t(i,{name:"download"}),e.trace.download]})]}),
t("pre",{class:"json",tabIndex:0,"aria-label":e.trace.jsonHint,children:p?`${o.slice(0,j)}
…`:o})]})}export{T as TraceJson};
