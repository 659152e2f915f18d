import{J as t,Tb as n,X as i,_b as a,a as o,nc as s}from"./chunk.js";function f(){let e=t(),l=()=>n.value="none";return o(s,{label:e.shell.help,onClose:l},o("div",{class:"dialog-head"},o("h2",null,e.shell.help),o("button",{type:"button",class:"btn icon-only quiet","aria-label":e.shell.close,onClick:l},o(i,{name:"\
x"}))),o("div",{class:"dialog-body",tabIndex:0},o(a,null)))}export{f as HelpSheet};
