import{J as l,Tb as n,X as i,_b as a,a as o,nc as r}from"./chunk.js";function f(){let t=l(),e=()=>n.value="none";return o(r,{label:t.shell.E,onClose:e},o("div",{class:"dialog-head"},o("h2",null,t.shell.E),o("button",{type:"button",class:"btn icon-only quiet","aria-label":t.shell.H,onClick:e},o(i,{name:"x"}))),
o("div",{class:"dialog-body",tabIndex:0},o(a,null)))}export{f as HelpSheet};
