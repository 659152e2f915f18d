import{Bb as M,I as T,J as A,a as G,g as S,h as s}from"./chunk.js";function D(r){let p=r.services.map(({name:n},o)=>({name:n,service:o,spans:0,errors:0,selfUs:0,column:-1,place:0})),f=new Map,c=new Map,l=(n,o,m)=>{let a=`${n} ${o}`,
t=c.get(a)??{from:n,to:o,calls:0,errors:0,totalUs:0};c.set(a,t),t.calls++,t.errors+=r.isError[m],t.totalUs+=r.duration[m]};for(let n=0;n<r.count;n++){let o=p[r.
service[n]];o.spans++,o.errors+=r.isError[n],o.selfUs+=r.self[n];let m=r.parent[n]<0?-1:r.service[r.parent[n]];m>=0&&m!==r.service[n]&&l(m,r.service[n],n);let a=r.
remotes[n];if(a&&r.size[n]===1&&["CLIENT","PRODUCER"].includes(r.kinds[n])&&a!==o.name){let t=f.get(a)??r.services.findIndex(({name:i})=>i===a);t<0&&(t=p.push({
name:a,service:-1,spans:0,errors:0,selfUs:0,column:-1,place:0})-1,f.set(a,t)),l(r.service[n],t,n)}}return I(p,[...c.values()])}function I(r,p){let f=r.map(()=>[]);
for(let{from:t,to:i}of p)f[t].push(i);let c=new Uint8Array(r.length),l=[],n=[],o=t=>{c[t]=1;for(let i of f[t])c[i]!==1&&(n.push([t,i]),c[i]===0&&o(i));c[t]=2,l.
push(t)},m=new Set(p.map(({to:t})=>t));for(let t of r.keys())m.has(t)||o(t);for(let t of r.keys())c[t]===0&&o(t);for(let t of l.reverse()){r[t].column=Math.max(
0,r[t].column);for(let[i,b]of n)i===t&&(r[b].column=Math.max(r[b].column,r[t].column+1))}let a=[];for(let t of r)t.place=a[t.column]=(a[t.column]??0)+1;return{nodes:r,
edges:p,columns:a.length,places:Math.max(0,...a)}}var h={width:136,height:46},g={x:56,y:18},O=200;function W({model:r,title:p,onFind:f}){let c=T(),l=A(),n=S(()=>D(r),[r]),{nodes:o,edges:m}=n,a=({column:e})=>e*(h.
width+g.x)+1,t=({place:e})=>(e-1)*(h.height+g.y)+1,i=n.columns*(h.width+g.x)-g.x+2,b=n.places*(h.height+g.y)-g.y+2,N=e=>f(e.service<0?M("remote",e.name):M("serv\
ice",e.name)),P=Math.max(1,...m.map(({calls:e})=>e)),U=[...m].sort((e,u)=>u.totalUs-e.totalUs);return s(G,{children:[s("div",{class:"call-map",tabIndex:0,role:"\
region","aria-label":c.trace.map(p),children:s("svg",{width:i,height:b,viewBox:`0 0 ${i} ${b}`,"aria-hidden":"true",children:[U.slice(0,O).map(({from:e,to:u,calls:x,
errors:d})=>{let[v,E]=[o[e],o[u]],[y,$,w,k]=[a(v)+h.width,t(v)+h.height/2,a(E),t(E)+h.height/2],C=Math.max(g.x/2,Math.abs(w-y)/2);return s("g",{class:d>0?"edge \
failed":"edge",children:[s("path",{d:`M${y} ${$}C${y+C} ${$} ${w-C} ${k} ${w} ${k}`,"stroke-width":1+3*Math.log1p(x)/Math.log1p(P)}),s("text",{x:(y+w)/2,y:($+k)/
2-5,"text-anchor":"middle",children:c.trace.times(l.count(x))})]},`${e} ${u}`)}),o.map(e=>{let u=e.service<0?void 0:r.services[e.service].hue;return s("g",{class:e.
service<0?"node peer":"node",onClick:()=>N(e),children:[s("rect",{x:a(e),y:t(e),width:h.width,height:h.height,rx:"6"}),u!==void 0&&s("rect",{class:`hue c${u}`,x:a(
e),y:t(e),width:"4",height:h.height,rx:"2"}),s("text",{x:a(e)+12,y:t(e)+19,class:"name",children:e.name.length>18?`${e.name.slice(0,17)}…`:e.name||c.trace.unknownService}),
s("text",{x:a(e)+12,y:t(e)+36,class:e.errors>0?"failed":"",children:e.service<0?c.trace.peer:[l.duration(e.selfUs),e.errors>0&&`✕ ${l.count(e.errors)}`].filter(
Boolean).join(" · ")})]},e.name)})]})}),s("table",{class:"shares",children:[s("thead",{children:s("tr",{children:[[c.trace.caller,c.trace.callee].map(e=>s("th",
{scope:"col",children:e},e)),[c.trace.calls,c.traces.errors,c.trace.meanTime].map(e=>s("th",{scope:"col",class:"num",children:e},e))]})}),s("tbody",{children:U.
slice(0,O).map(({from:e,to:u,calls:x,errors:d,totalUs:v})=>s("tr",{children:[s("td",{children:o[e].name||c.trace.unknownService}),s("td",{children:s("button",{type:"\
button",class:"plain",onClick:()=>N(o[u]),children:o[u].name||c.trace.unknownService})}),s("td",{class:"num",children:l.count(x)}),s("td",{class:"num",children:d>
0?s("span",{class:"crit-text",children:["✕ ",l.count(d)]}):""}),s("td",{class:"num",children:l.duration(v/x)})]},`${e} ${u}`))})]}),m.length===0&&s("p",{class:"\
muted",children:c.trace.mapNone})]})}export{W as TraceMap};
