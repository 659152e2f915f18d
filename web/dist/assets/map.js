import{Ea as L,Eb as ue,Gb as V,H as M,Ha as ce,I as k,Ia as pe,Ja as me,M as K,Tb as fe,Ua as R,V as O,W as I,Wb as de,Xb as he,_ as oe,a as $,ac as W,ba as ne,
c as U,d as C,ea as ae,f as se,g as re,h as t,ha as le,ia as _,j as G,oa as y,sa as ie,va as j}from"./chunk.js";function T(e,r){if(r.calls!==void 0)return{calls:r.calls,errors:r.errors??0};let s=n=>n.reduce((l,c)=>({calls:l.calls+c.calls,errors:l.errors+c.errors}),{calls:0,
errors:0}),p=e.edges.filter(n=>n.child===r.service&&n.parent!==r.service);return s(p.length>0?p:e.edges.filter(n=>n.parent===r.service))}var A=e=>Math.max(1,(Date.
parse(e.to)-Date.parse(e.from))/1e3),X=.01,P=e=>e.calls>0?Math.min(1,e.errors/e.calls):0,Ce={width:172,height:44,column:228,row:58},be={width:116,height:20,column:152,
row:25},Ie=60,Le=e=>e>Ie?be:Ce,ve=e=>e===be;function Me(e){let r=Le(e.nodes.length),s=Math.min(...e.nodes.map(o=>o.rank)),p=Math.min(...e.nodes.map(o=>o.row),...e.
edges.flatMap(o=>o.via.map(([,f])=>f))),n=o=>(o-s)*r.column,l=o=>(o-p)*r.row,c=new Map(e.nodes.map(o=>[o.service,{x:n(o.rank),y:l(o.row)}])),u=Math.max(...e.nodes.
map(o=>n(o.rank)))+r.width,h=Math.max(...e.nodes.map(o=>l(o.row)))+r.height,m=r.height/2;return{sizes:r,at:c,width:u,height:h,way(o){let f=c.get(o.parent),b=c.get(
o.child);if(!f||!b)return"";let a=b.x<f.x,g=[f.x+(a?0:r.width),f.y+m-(f===b?6:0)],z=[b.x+(b.x>f.x?0:r.width),b.y+m+(f===b?6:0)];if(b.x===f.x)return`M${g.join(" ")}\
C${g[0]+ge} ${g[1]} ${z[0]+ge} ${z[1]} ${z.join(" ")}`;let D=o.via.flatMap(([v,x])=>{let S=[[n(v),l(x)+m],[n(v)+r.width,l(x)+m]];return a?S.reverse():S}),N=[g,...D,
z];return N.map((v,x)=>x===0?`M${v.join(" ")}`:Re(N[x-1],v)).join("")}}}var ge=40;function Re([e,r],[s,p]){if(r===p)return`L${s} ${p}`;let n=(s-e)/2;return`C${e+
n} ${r} ${s-n} ${p} ${s} ${p}`}function $e(e){return Math.min(9,1+1.6*Math.log10(1+10*e))}function ye(e,r,s){let p=c=>c.filter(u=>u.parent!==u.child).sort((u,h)=>h.
calls-u.calls)[0],n=e.nodes.find(c=>c.service===r);if(!n)return null;if(s==="ArrowRight")return p(e.edges.filter(c=>c.parent===r))?.child??null;if(s==="ArrowLef\
t")return p(e.edges.filter(c=>c.child===r))?.parent??null;let l=s==="ArrowDown"?1:s==="ArrowUp"?-1:0;return l!==0&&e.nodes.find(c=>c.rank===n.rank&&c.order===n.
order+l)?.service||null}function B(e){return e.timedBy==="callee"?`service=${w(e.child)} remote=${w(e.parent)}`:e.timedBy==="caller"?`service=${w(e.parent)} rem\
ote=${w(e.child)}`:`service=${w(e.child)}`}var w=e=>/^[\w./-]+$/.test(e)?e:`"${e.replace(/["\\]/g,"\\$&")}"`;function we(e,r,s){let p=Math.max(4,Math.floor(r/s));
if(e.length<=p)return e;let n=Math.floor((p-1)/2);return`${e.slice(0,p-1-n)}…${e.slice(e.length-n)}`}var F=(e,r)=>r.filter(s=>s.service.toLowerCase()===e).sort(oe);function xe(e,r){let s=F(e.service,r)[0];return s?I[O(s)]:e.alarming?"crit":e.calls&&(e.errors??0)/
e.calls>=X?"warn":null}var H=16,De=.7,Z=.2,Qe=3,Y=1.25;function ke({map:e,slos:r,query:s,set:p}){let n=M().map,l=se(null),c=re(()=>Me(e),[e]),[u,h]=U(null),[m,o]=U(1e3),[f,b]=U(s.sel||
e.nodes[0].service),a=A(e);C(()=>{let i=l.current,d=new ResizeObserver(()=>o(i.clientWidth));return d.observe(i),()=>d.disconnect()},[]);let g=i=>{let d=Math.max(
i,Math.min(1.15,m/(c.width+2*H)));return{x:-Math.max(H,(m/d-c.width)/2),y:-H,zoom:d}},z=g(De),{x:D,y:N,zoom:v}=u??z,x=Math.max(240,(c.height+2*H)*z.zoom),S=(i,d=m/
2,E=x/2)=>{let Q=Math.min(Qe,Math.max(Z,v*i));h({x:D+d/v-d/Q,y:N+E/v-E/Q,zoom:Q})},Pe=i=>{b(i),[...l.current?.querySelectorAll("[data-service]")??[]].find(E=>E.
dataset.service===i)?.focus()};ae([{keys:"ArrowRight",label:n.walk,group:"map",run:null},{keys:"Enter",label:n.details,group:"map",run:null},{keys:"+",label:n.zoomIn,
group:"map",run:()=>S(Y)},{keys:"-",label:n.zoomOut,group:"map",run:()=>S(1/Y)},{keys:"0",label:n.fit,group:"map",run:()=>h(g(Z))}]);let ze=i=>{if(!(i.ctrlKey||
i.metaKey||i.altKey)){if(i.key==="Enter"||i.key===" ")p({sel:f,callee:""});else if(i.key==="Escape"&&s.sel)p({sel:"",callee:""});else if(i.key.startsWith("Arrow")){
let d=ye(e,f,i.key);d&&Pe(d)}else return;i.preventDefault()}},Te=i=>{if(i.button!==0||i.target.closest("[data-service], .map-hit"))return;let d=l.current,[E,Q]=[
i.clientX,i.clientY],ee=te=>h({x:D-(te.clientX-E)/v,y:N-(te.clientY-Q)/v,zoom:v});d.setPointerCapture(i.pointerId),d.addEventListener("pointermove",ee),d.addEventListener(
"pointerup",()=>d.removeEventListener("pointermove",ee),{once:!0})},q=i=>{if(!i.ctrlKey&&!i.metaKey)return;i.preventDefault();let d=l.current.getBoundingClientRect();
S(Math.exp(-i.deltaY/300),i.clientX-d.left,i.clientY-d.top)};C(()=>{let i=l.current;return i.addEventListener("wheel",q,{passive:!1}),()=>i.removeEventListener(
"wheel",q)});let Ne=i=>s.q!==""&&V(s.q,i)!==null,Ue=i=>!s.sel||(s.callee?i.parent===s.sel&&i.child===s.callee:i.parent===s.sel||i.child===s.sel);return t("secti\
on",{class:"card map-card",children:[t("svg",{ref:l,class:"map",style:{height:`${x}px`},viewBox:`${D} ${N} ${m/v} ${x/v}`,role:"group","aria-label":n.label(e.nodes.
length,e.edges.length),onPointerDown:Te,onKeyDown:ze,children:[e.edges.map(i=>t(Ge,{edge:i,way:c.way(i),seconds:a,isPale:!Ue(i),choose:()=>p({sel:i.parent,callee:i.
child})},`${i.parent} ${i.child}`)),e.nodes.map(i=>{let d=c.at.get(i.service);return t("g",{class:`map-node k-${i.kind}${Ne(i.service)?" found":""}${s.sel===i.service&&
!s.callee?" chosen":""}`,transform:`translate(${d.x} ${d.y})`,"data-service":i.service,role:"button",tabIndex:i.service===f?0:-1,onFocus:()=>b(i.service),onClick:()=>p(
{sel:i.service,callee:""}),children:t(Ke,{node:i,map:e,sizes:c.sizes,seconds:a,tone:xe(i,r)})},i.service)})]}),t("div",{class:"row sub map-legend",children:[t("\
span",{class:"spring",children:[n.legendWidth," · ",n.legendRed]}),[["zoom-in",n.zoomIn,()=>S(Y)],["zoom-out",n.zoomOut,()=>S(1/Y)],["maximize",n.fit,()=>h(g(Z))]].
map(([i,d,E])=>t("button",{type:"button",class:"btn small icon-only","aria-label":d,title:d,onClick:E,children:t(L,{name:i})},i))]})]})}function Ge({edge:e,way:r,
seconds:s,isPale:p,choose:n}){let l=k(),c=$e(e.calls/s),u=P(e);return t("g",{class:`map-line${p?" pale":""}`,children:[t("path",{d:r,style:{strokeWidth:`${c}px`}}),
u>0&&t("path",{class:"bad",d:r,style:{strokeWidth:`${Math.max(1.5,c*u)}px`}}),t("path",{class:"map-hit",d:r,onClick:n,children:t("title",{children:`${e.parent} \
→ ${e.child}: ${l.rate(e.calls/s)}, ${l.share(u)}${e.p95Us?`, p95 ${l.duration(e.p95Us)}`:""}`})})]})}function Ke({node:e,map:r,sizes:s,seconds:p,tone:n}){let l=M().
map,c=k(),u=T(r,e),h=P(u),m=c.rate(u.calls/p),o=ve(s),{width:f,height:b}=s,a=o?20:26,g=o?b/2+4:e.kind==="database"?23:19;return t($,{children:[t("title",{children:[
l.node(e.service,l.kinds[e.kind],m,c.share(h)),e.p95Us&&l.p95(c.duration(e.p95Us)),e.alarming&&l.alarming].filter(Boolean).join(", ")}),t("path",{class:"box",d:Be(
e.kind,f,b)}),t("rect",{class:`hue c${e.color%8}`,x:o?8:12,y:g-8,width:"8",height:"8",rx:"2"}),t("text",{class:o?"name tight":"name",x:a,y:g,children:we(e.service,
f-a-(n?20:8),o?6.1:7.1)}),!o&&t("text",{class:"figures",x:a,y:g+16,children:[m," · ",t("tspan",{class:h>=X?"bad":void 0,children:c.share(h)}),e.p95Us?` · ${c.
duration(e.p95Us)}`:""]}),n&&n!=="ok"&&t("g",{class:`tone ${n}`,transform:`translate(${f-18} ${g-10})`,children:t("svg",{width:"12",height:"12",viewBox:"0 0 12 \
12",children:t(le,{tone:n})})})]})}function Be(e,r,s){let p=Math.min(10,s/2);return e==="database"?`M0 5a${r/2} 5 0 0 1 ${r} 0v${s-10}a${r/2} 5 0 0 1 ${-r} 0zM0\
 5a${r/2} 5 0 0 0 ${r} 0`:e==="queue"?`M${p} 0h${r-2*p}a${p} ${s/2} 0 0 1 0 ${s}h${2*p-r}a${p} ${s/2} 0 0 1 0 ${-s}zM${r-p} 0a${p} ${s/2} 0 0 0 0 ${s}`:e==="ext\
ernal"?`M${p} 0h${r-2*p}l${p} ${s/2}l${-p} ${s/2}h${2*p-r}l${-p} ${-s/2}z`:`M6 0h${r-12}a6 6 0 0 1 6 6v${s-12}a6 6 0 0 1 -6 6h${12-r}a6 6 0 0 1 -6 -6v${12-s}a6 \
6 0 0 1 6 -6z`}function Se({map:e,slos:r,query:s,set:p}){let n=M().map,l=e.nodes.find(m=>m.service===s.sel),c=e.edges.find(m=>m.parent===s.sel&&m.child===s.callee),u=()=>p({sel:"",
callee:""});if(!l||s.callee&&!c)return null;let h={t:s.t,from:s.from,to:s.to};return t("aside",{class:"card map-panel","aria-label":n.details,onKeyDown:m=>m.key===
"Escape"&&u(),children:[t("div",{class:"card-head",children:[t("h2",{children:c?`${c.parent} → ${c.child}`:t(R,{name:l.service,color:l.color})}),!c&&t("span",
{class:"sub",children:n.kinds[l.kind]}),t("span",{class:"spring"}),t("button",{type:"button",class:"btn small icon-only quiet","aria-label":n.close,onClick:u,children:t(
L,{name:"x"})})]}),c?t($,{children:[t(J,{title:n.lines,edges:[c],map:e,query:s,name:m=>m.child}),t("a",{class:"btn",href:y("traces",{},{q:B(c),...h}),children:n.
through})]}):t($,{children:[t("div",{class:"row tight",children:[t("a",{class:"btn small",href:y("traces",{},{q:`service=${w(l.service)}`,...h}),children:n.traces}),
t("button",{type:"button",class:"btn small",onClick:()=>p({focus:l.service}),children:n.focusHere})]}),l.calls!==void 0&&t(_e,{service:l.service,map:e}),t("h3",
{children:n.slos}),t(Fe,{slos:F(l.service,r)}),t(J,{title:n.callers,edges:e.edges.filter(m=>m.child===l.service),map:e,query:s,name:m=>m.parent}),t(J,{title:n.called,
edges:e.edges.filter(m=>m.parent===l.service),map:e,query:s,name:m=>m.child})]})]})}function Fe({slos:e}){let r=M();return e.length===0?t("p",{class:"sub",children:r.
map.noSlos}):t("ul",{class:"map-slos",children:e.map(s=>t("li",{class:"row tight",children:[t(_,{tone:I[O(s)],children:r.status[O(s)]}),t("a",{class:"link",href:y(
"slo",{name:s.name}),children:ne(s)}),t("span",{class:"sub",children:k().budget(s.budget)})]},`${s.name} ${s.objective}`))})}function J({title:e,edges:r,map:s,query:p,
name:n}){let l=M().map,c=k(),u=A(s);if(r.length===0)return null;let h=[...r].sort((m,o)=>o.calls-m.calls);return t("table",{"aria-label":e,class:"map-lines",children:[
t("thead",{children:t("tr",{children:[t("th",{scope:"col",children:e}),t("th",{scope:"col",class:"num",children:l.rate}),t("th",{scope:"col",class:"num",children:l.
errors}),t("th",{scope:"col",class:"num",children:l.slow})]})}),t("tbody",{children:h.map(m=>t("tr",{children:[t("td",{children:t("a",{class:"link",href:y("trac\
es",{},{q:B(m),t:p.t,from:p.from,to:p.to}),title:l.throughEdge(m.parent,m.child),"aria-label":l.throughEdge(m.parent,m.child),children:n(m)})}),t("td",{class:"n\
um",children:c.rate(m.calls/u)}),t("td",{class:"num",children:c.share(P(m))}),t("td",{class:"num",children:m.p95Us?c.duration(m.p95Us):""})]},n(m)))})]})}function _e({
service:e,map:r}){let s=M().map,p=k(),{from:n,to:l}=r,c=K(G("/aggregate",{q:`service=${w(e)} kind=(server,consumer)`,by:"time",histogram:"duration",from:n,to:l}),
{keep:!0}).data;if(!c)return t("div",{class:"map-red","aria-busy":"true"});let u=[...c.items].sort((o,f)=>String(o.key[0]).localeCompare(String(f.key[0]))),h=Math.
max(1,(c.stepUs??1e6)/1e6),m=[[s.rate,u.map(o=>o.spans/h),p.rate],[s.errors,u.map(o=>o.errors/Math.max(1,o.spans)),p.share],[s.slow,u.map(o=>o.p90Us??0),p.duration]];
return t("div",{class:"map-red",children:m.map(([o,f,b])=>t(Ve,{label:o,values:f,last:f.length>0?b(Math.max(...f)):""},o))})}function Ve({label:e,values:r,last:s}){
let p=Math.max(...r,1e-9),n=r.map((l,c)=>`${c*100/Math.max(1,r.length-1)},${27-l/p*24}`).join(" ");return t("div",{children:[t("span",{class:"sub",children:[e,"\
 ≤ ",s]}),t("svg",{viewBox:"0 0 100 28",preserveAspectRatio:"none","aria-hidden":"true",children:t("polyline",{points:n})})]})}function Ee({map:e,slos:r,query:s}){let p=M(),n=p.map,l=k(),c=A(e),u={t:s.t,from:s.from,to:s.to},h=a=>V(s.q,a)!==null,m=a=>a?l.duration(a):"",o=new Map(e.nodes.
map(a=>[a.service,a.color])),f=a=>y("traces",{},{q:B(a),...u}),b=a=>y("traces",{},{q:`service=${w(a.service)}`,...u});return t($,{children:[t("section",{class:"\
card flush",children:[t("div",{class:"card-head",children:t("h2",{children:n.lines})}),t(j,{label:n.lines,rows:e.edges.filter(a=>h(`${a.parent} ${a.child}`)).sort(
(a,g)=>g.calls-a.calls),rowKey:a=>`${a.parent} ${a.child}`,rowHref:f,columns:[{key:"from",head:n.from,cell:a=>t("a",{href:f(a),"aria-label":n.throughEdge(a.parent,
a.child),children:t(R,{name:a.parent,color:o.get(a.parent)})})},{key:"to",head:n.to,cell:a=>t(R,{name:a.child,color:o.get(a.child)})},{key:"rate",head:n.rate,num:!0,
cell:a=>l.rate(a.calls/c)},{key:"errors",head:n.errors,num:!0,cell:a=>l.share(P(a))},{key:"p50",head:n.p50,num:!0,wideOnly:!0,cell:a=>m(a.p50Us)},{key:"p95",head:n.
slow,num:!0,wideOnly:!0,cell:a=>m(a.p95Us)},{key:"p99",head:n.p99,num:!0,wideOnly:!0,cell:a=>m(a.p99Us)}]})]}),t("section",{class:"card flush",children:[t("div",
{class:"card-head",children:t("h2",{children:n.services})}),t(j,{label:n.services,rows:e.nodes.filter(a=>h(a.service)).sort((a,g)=>T(e,g).calls-T(e,a).calls),rowKey:a=>a.
service,rowHref:b,columns:[{key:"name",head:n.services,cell:a=>t("a",{href:b(a),children:t(R,{name:a.service,color:a.color})})},{key:"kind",head:n.kind,wideOnly:!0,
class:"sub",cell:a=>n.kinds[a.kind]},{key:"rate",head:n.rate,num:!0,cell:a=>l.rate(T(e,a).calls/c)},{key:"errors",head:n.errors,num:!0,cell:a=>l.share(P(T(e,a)))},
{key:"p95",head:n.slow,num:!0,wideOnly:!0,cell:a=>m(a.p95Us)},{key:"status",head:n.status,cell:a=>{let g=F(a.service,r)[0];return g&&t(_,{tone:I[O(g)],children:p.
status[O(g)]})}}]})]})]})}var We=60,Xe=300,He=5e3,Oe=matchMedia("(max-width: 900px)");function Yt({query:e}){let r=M().map;ue(r.title);let s=(o,f=!1)=>ie(y("map",{},{...e,...o}),{replace:f}),
p=e.from!=="",n=G("/map",{...ce(e),histogram:"duration",services:e.all?Xe:We,focus:e.focus,hops:e.focus?e.hops:void 0,min:e.min==="0"?void 0:e.min}),l=K(n,{topic:"\
traces",keep:!0,follow:!1});C(()=>{if(!l.outdated||p)return;let o=setTimeout(()=>!document.hidden&&l.retry(),He);return()=>clearTimeout(o)},[l.outdated,l.data,p]);
let c=K(G("/slos"),{topic:"slos"}).data?.items??[],[u,h]=U([]);C(()=>{l.data&&!e.focus&&h(l.data.nodes.map(o=>o.service))},[l.data]);let m=Oe.matches?"table":e.
view;return t($,{children:[l.problem&&t(de,{resource:l,what:r.title}),t("div",{class:"row",children:[t("label",{class:"search",children:[t(L,{name:"search"}),t(
"span",{class:"sr",children:r.find}),t("input",{class:"input",type:"search","data-filter":!0,placeholder:r.find,value:e.q,onInput:o=>s({q:o.currentTarget.value},
!0)})]}),t("label",{class:"row tight sub map-focus",children:[r.focus,t("select",{class:"input",value:e.focus,onChange:o=>s({focus:o.currentTarget.value,sel:"",
callee:""}),children:[t("option",{value:"",children:r.everything}),[...new Set([...u,e.focus])].filter(Boolean).map(o=>t("option",{children:o},o))]})]}),e.focus&&
t("div",{class:"row tight sub",children:[r.hops,t(W,{label:r.hops,values:["1","2","3"],now:e.hops,text:o=>o,choose:o=>s({hops:o})})]}),t("div",{class:"row tight\
 sub",children:[r.min,t(W,{label:r.min,values:["0","1","5","20"],now:e.min,text:o=>r.minOf(o),choose:o=>s({min:o})})]}),!Oe.matches&&t(W,{label:r.view,values:["\
graph","table"],now:e.view,text:o=>r[o],choose:o=>s({view:o})}),t("span",{class:"spring"}),t(me,{range:e,onChange:o=>s(o)})]}),t(he,{resource:l,what:r.title,rows:12,
card:!0,children:o=>t($,{children:[o.nodes.length===0?t("section",{class:"card",children:t(fe,{title:r.emptyTitle,children:[t("p",{children:e.focus?r.noFocus(e.
focus):r.emptyText}),e.focus&&t("button",{type:"button",class:"btn",onClick:()=>s({focus:""}),children:r.everything})]})}):t("div",{class:m==="table"?"grid map-\
tables":e.sel?"map-split":"grid",children:[m==="graph"?t(ke,{map:o,slos:c,query:e,set:s}):t(Ee,{map:o,slos:c,query:e}),e.sel&&m==="graph"&&t(Se,{map:o,slos:c,query:e,
set:s})]}),t("div",{class:"row sub",children:[(o.left.services>0||e.all)&&t($,{children:[o.left.services>0&&t("span",{children:r.folded(o.left.services)}),t("bu\
tton",{type:"button",class:"btn small",onClick:()=>s({all:!e.all}),children:e.all?r.fold:r.unfold})]}),o.left.edges>0&&t("span",{children:r.weak(o.left.edges)}),
t("span",{children:r.over(pe(e))})]})]})})]})}export{Yt as MapPage};
