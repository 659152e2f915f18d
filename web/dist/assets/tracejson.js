import{Cb as v,J as m,W as f,X as i,_ as b,a as t,aa as d,b as c,d as s,e as u,fb as w}from"./chunk.js";var x=1e5;function _({model:n}){let o=m(),[a,y]=s(0),[e,l]=s(void 0);if(u(()=>{let r=!0;return w(n.traceId).then(k=>r&&l(k),()=>r&&l(null)),()=>{r=!1}},[n,a]),e===void 0)return t(b,{rows:10});if(e===null)return t(d,{what:o.trace.Cr,problem:{
title:"",status:0},retry:()=>y(a+1)});let p=e.length>x;return t(c,null,t("div",{class:"row tight table-tools"},t("span",{class:"sub"},p?o.trace.bl:o.trace.Er),t("span",{class:"spring"}),t("button",{type:"button",class:"btn small",onClick:()=>{
f(e)}},t(i,{name:"copy"}),o.shell.ye),t("button",{type:"button",class:"btn small",onClick:()=>v(`${n.traceId}.json`,"application/json",e)},t(i,{name:"download"}),o.trace.dl)),t("pre",{class:"json",tabIndex:0,"aria-label":o.trace.Er},p?`${e.
slice(0,x)}
…`:e))}export{_ as TraceJson};
