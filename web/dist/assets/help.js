import{I as t,Pb as n,W as i,Wb as a,h as o,hc as s}from"./chunk.js";function b(){let l=t(),e=()=>n.value="none";return o(s,{label:l.shell.help,onClose:e,children:[o("div",{class:"dialog-head",children:[o("h2",{children:l.shell.help}),
o("button",{type:"button",class:"btn icon-only quiet","aria-label":l.shell.close,onClick:e,children:o(i,{name:"x"})})]}),o("div",{class:"dialog-body",tabIndex:0,
children:o(a,{})})]})}export{b as HelpSheet};
