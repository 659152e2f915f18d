import{Cb as j,J as m,W as f,X as i,_ as d,a as t,aa as b,b as c,d as r,e as u,fb as w}from"./chunk.js";var y=1e5;function _({model:n}){let o=m(),[a,v]=r(0),[e,l]=r(void 0);if(u(()=>{let s=!0;return w(n.traceId).then(x=>s&&l(x),()=>s&&l(null)),()=>{s=!1}},[n,a]),e===void 0)return t(d,{rows:10});if(e===null)return t(b,{what:o.trace.json,problem:{
title:"",status:0},retry:()=>v(a+1)});let p=e.length>y;return t(c,null,t("div",{class:"row tight table-tools"},t("span",{class:"sub"},p?o.trace.jsonCut:o.trace.jsonHint),t("span",{class:"spring"}),t("button",{type:"button",class:"btn small",
onClick:()=>{f(e)}},t(i,{name:"copy"}),o.shell.copy),t("button",{type:"button",class:"btn small",onClick:()=>j(`${n.traceId}.json`,"application/json",e)},t(i,{name:"download"}),o.trace.download)),t("pre",{class:"json",tabIndex:0,"aria-label":o.
trace.jsonHint},p?`${e.slice(0,y)}
…`:e))}export{_ as TraceJson};
