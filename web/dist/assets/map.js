import{Ea as I,Eb as me,Gb as W,H as v,Ha as ie,I as S,Ia as ce,Ja as pe,M as G,Tb as ue,Ua as L,V as P,W as C,Wb as de,Xb as fe,_ as re,a as y,ac as X,ba as oe,
c as N,d as U,ea as ne,f as se,g as Y,h as t,ha as ae,ia as V,j as D,oa as w,sa as le,va as j}from"./chunk.js";function T(e,r){if(r.calls!==void 0)return{calls:r.calls,errors:r.errors??0};let s=n=>n.reduce((i,c)=>({calls:i.calls+c.calls,errors:i.errors+c.errors}),{calls:0,
errors:0}),p=e.edges.filter(n=>n.child===r.service&&n.parent!==r.service);return s(p.length>0?p:e.edges.filter(n=>n.parent===r.service))}var R=e=>Math.max(1,(Date.
parse(e.to)-Date.parse(e.from))/1e3),_=.01,z=e=>e.calls>0?Math.min(1,e.errors/e.calls):0,Ue={width:184,height:44,column:264,row:58},ge={width:116,height:20,column:164,
row:25},Ce=60,Ie=e=>e>Ce?ge:Ue,be=e=>e===ge;function ve(e){let r=Ie(e.nodes.length),s=Math.min(...e.nodes.map(o=>o.rank)),p=Math.min(...e.nodes.map(o=>o.row),...e.
edges.flatMap(o=>o.via.map(([,d])=>d))),n=o=>(o-s)*r.column,i=o=>(o-p)*r.row,c=new Map(e.nodes.map(o=>[o.service,{x:n(o.rank),y:i(o.row)}])),u=Math.max(...e.nodes.
map(o=>n(o.rank)))+r.width,f=Math.max(...e.nodes.map(o=>i(o.row)))+r.height,m=r.height/2;return{sizes:r,at:c,width:u,height:f,way(o){let d=c.get(o.parent),b=c.get(
o.child);if(!d||!b)return"";let a=b.x<d.x,g=[d.x+(a?0:r.width),d.y+m-(d===b?6:0)],E=[b.x+(b.x>d.x?0:r.width),b.y+m+(d===b?6:0)];if(b.x===d.x)return`M${g.join(" ")}\
C${g[0]+he} ${g[1]} ${E[0]+he} ${E[1]} ${E.join(" ")}`;let A=o.via.flatMap(([k,$])=>{let F=[[n(k),i($)+m],[n(k)+r.width,i($)+m]];return a?F.reverse():F}),M=[g,...A,
E];return M.map((k,$)=>$===0?`M${k.join(" ")}`:Le(M[$-1],k)).join("")}}}var he=40;function Le([e,r],[s,p]){if(r===p)return`L${s} ${p}`;let n=(s-e)/2;return`C${e+
n} ${r} ${s-n} ${p} ${s} ${p}`}function Me(e){return Math.min(9,1+1.6*Math.log10(1+10*e))}function $e(e,r,s){let p=c=>c.filter(u=>u.parent!==u.child).sort((u,f)=>f.
calls-u.calls)[0],n=e.nodes.find(c=>c.service===r);if(!n)return null;if(s==="ArrowRight")return p(e.edges.filter(c=>c.parent===r))?.child??null;if(s==="ArrowLef\
t")return p(e.edges.filter(c=>c.child===r))?.parent??null;let i=s==="ArrowDown"?1:s==="ArrowUp"?-1:0;return i!==0&&e.nodes.find(c=>c.rank===n.rank&&c.order===n.
order+i)?.service||null}function K(e){return e.timedBy==="callee"?`service=${x(e.child)} remote=${x(e.parent)}`:e.timedBy==="caller"?`service=${x(e.parent)} rem\
ote=${x(e.child)}`:`service=${x(e.child)}`}var x=e=>/^[\w./-]+$/.test(e)?e:`"${e.replace(/["\\]/g,"\\$&")}"`;function ye(e,r,s){let p=Math.max(4,Math.floor(r/s));
if(e.length<=p)return e;let n=Math.floor((p-1)/2);return`${e.slice(0,p-1-n)}…${e.slice(e.length-n)}`}var B=(e,r)=>r.filter(s=>s.service.toLowerCase()===e).sort(re);function we(e,r){let s=B(e.service,r)[0];return s?C[P(s)]:e.alarming?"crit":e.calls&&(e.errors??0)/
e.calls>=_?"warn":null}var Z=16,xe=.2,Ae=3,H=1.25;function ke({map:e,slos:r,query:s,set:p}){let n=v().map,i=se(null),c=Y(()=>ve(e),[e]),[u,f]=N(null),[m,o]=N(1e3),[d,b]=N(s.sel||e.nodes[0].
service),a=R(e);U(()=>{let l=i.current,h=new ResizeObserver(()=>o(l.clientWidth));return h.observe(l),()=>h.disconnect()},[]);let g=Y(()=>{let l=Math.max(xe,Math.
min(1.15,m/(c.width+2*Z)));return{x:-(m/l-c.width)/2,y:-Z,zoom:l}},[m,c.width]),{x:E,y:A,zoom:M}=u??g,k=Math.max(240,(c.height+2*Z)*g.zoom),$=(l,h=m/2,O=k/2)=>{
let Q=Math.min(Ae,Math.max(xe,M*l));f({x:E+h/M-h/Q,y:A+O/M-O/Q,zoom:Q})},F=l=>{b(l),[...i.current?.querySelectorAll("[data-service]")??[]].find(O=>O.dataset.service===
l)?.focus()};ne([{keys:"ArrowRight",label:n.walk,group:"map",run:null},{keys:"Enter",label:n.details,group:"map",run:null},{keys:"+",label:n.zoomIn,group:"map",
run:()=>$(H)},{keys:"-",label:n.zoomOut,group:"map",run:()=>$(1/H)},{keys:"0",label:n.fit,group:"map",run:()=>f(null)}]);let Pe=l=>{if(!(l.ctrlKey||l.metaKey||l.
altKey)){if(l.key==="Enter"||l.key===" ")p({sel:d,callee:""});else if(l.key==="Escape"&&s.sel)p({sel:"",callee:""});else if(l.key.startsWith("Arrow")){let h=$e(
e,d,l.key);h&&F(h)}else return;l.preventDefault()}},ze=l=>{if(l.button!==0||l.target.closest("[data-service], .map-hit"))return;let h=i.current,[O,Q]=[l.clientX,
l.clientY],ee=te=>f({x:E-(te.clientX-O)/M,y:A-(te.clientY-Q)/M,zoom:M});h.setPointerCapture(l.pointerId),h.addEventListener("pointermove",ee),h.addEventListener(
"pointerup",()=>h.removeEventListener("pointermove",ee),{once:!0})},q=l=>{if(!l.ctrlKey&&!l.metaKey)return;l.preventDefault();let h=i.current.getBoundingClientRect();
$(Math.exp(-l.deltaY/300),l.clientX-h.left,l.clientY-h.top)};U(()=>{let l=i.current;return l.addEventListener("wheel",q,{passive:!1}),()=>l.removeEventListener(
"wheel",q)});let Te=l=>s.q!==""&&W(s.q,l)!==null,Ne=l=>!s.sel||(s.callee?l.parent===s.sel&&l.child===s.callee:l.parent===s.sel||l.child===s.sel);return t("secti\
on",{class:"card map-card",children:[t("svg",{ref:i,class:"map",style:{height:`${k}px`},viewBox:`${E} ${A} ${m/M} ${k/M}`,role:"group","aria-label":n.label(e.nodes.
length,e.edges.length),onPointerDown:ze,onKeyDown:Pe,children:[e.edges.map(l=>t(Qe,{edge:l,way:c.way(l),seconds:a,isPale:!Ne(l),choose:()=>p({sel:l.parent,callee:l.
child})},`${l.parent} ${l.child}`)),e.nodes.map(l=>{let h=c.at.get(l.service);return t("g",{class:`map-node k-${l.kind}${Te(l.service)?" found":""}${s.sel===l.service&&
!s.callee?" chosen":""}`,transform:`translate(${h.x} ${h.y})`,"data-service":l.service,role:"button",tabIndex:l.service===d?0:-1,onFocus:()=>b(l.service),onClick:()=>p(
{sel:l.service,callee:""}),children:t(De,{node:l,map:e,sizes:c.sizes,seconds:a,tone:we(l,r)})},l.service)})]}),t("div",{class:"row sub map-legend",children:[t("\
span",{class:"spring",children:[n.legendWidth," · ",n.legendRed]}),[["zoom-in",n.zoomIn,()=>$(H)],["zoom-out",n.zoomOut,()=>$(1/H)],["maximize",n.fit,()=>f(null)]].
map(([l,h,O])=>t("button",{type:"button",class:"btn small icon-only","aria-label":h,title:h,onClick:O,children:t(I,{name:l})},l))]})]})}function Qe({edge:e,way:r,
seconds:s,isPale:p,choose:n}){let i=S(),c=Me(e.calls/s),u=z(e);return t("g",{class:`map-line${p?" pale":""}`,children:[t("path",{d:r,style:{strokeWidth:`${c}px`}}),
u>0&&t("path",{class:"bad",d:r,style:{strokeWidth:`${Math.max(1.5,c*u)}px`}}),t("path",{class:"map-hit",d:r,onClick:n,children:t("title",{children:`${e.parent} \
→ ${e.child}: ${i.rate(e.calls/s)}, ${i.share(u)}${e.p95Us?`, p95 ${i.duration(e.p95Us)}`:""}`})})]})}function De({node:e,map:r,sizes:s,seconds:p,tone:n}){let i=v().
map,c=S(),u=T(r,e),f=z(u),m=c.rate(u.calls/p),o=be(s),{width:d,height:b}=s,a=o?20:26,g=o?b/2+4:e.kind==="database"?23:19;return t(y,{children:[t("title",{children:[
i.node(e.service,i.kinds[e.kind],m,c.share(f)),e.p95Us&&i.p95(c.duration(e.p95Us)),e.alarming&&i.alarming].filter(Boolean).join(", ")}),t("path",{class:"box",d:Ge(
e.kind,d,b)}),t("rect",{class:`hue c${e.color%8}`,x:o?8:12,y:g-8,width:"8",height:"8",rx:"2"}),t("text",{class:o?"name tight":"name",x:a,y:g,children:ye(e.service,
d-a-(n?20:8),o?6.1:7.1)}),!o&&t("text",{class:"figures",x:a,y:g+16,children:[m," · ",t("tspan",{class:f>=_?"bad":void 0,children:c.share(f)}),e.p95Us?` · ${c.
duration(e.p95Us)}`:""]}),n&&n!=="ok"&&t("g",{class:`tone ${n}`,transform:`translate(${d-18} ${g-10})`,children:t("svg",{width:"12",height:"12",viewBox:"0 0 12 \
12",children:t(ae,{tone:n})})})]})}function Ge(e,r,s){let p=Math.min(10,s/2);return e==="database"?`M0 5a${r/2} 5 0 0 1 ${r} 0v${s-10}a${r/2} 5 0 0 1 ${-r} 0zM0\
 5a${r/2} 5 0 0 0 ${r} 0`:e==="queue"?`M${p} 0h${r-2*p}a${p} ${s/2} 0 0 1 0 ${s}h${2*p-r}a${p} ${s/2} 0 0 1 0 ${-s}zM${r-p} 0a${p} ${s/2} 0 0 0 0 ${s}`:e==="ext\
ernal"?`M${p} 0h${r-2*p}l${p} ${s/2}l${-p} ${s/2}h${2*p-r}l${-p} ${-s/2}z`:`M6 0h${r-12}a6 6 0 0 1 6 6v${s-12}a6 6 0 0 1 -6 6h${12-r}a6 6 0 0 1 -6 -6v${12-s}a6 \
6 0 0 1 6 -6z`}function Se({map:e,slos:r,query:s,set:p}){let n=v().map,i=e.nodes.find(m=>m.service===s.sel),c=e.edges.find(m=>m.parent===s.sel&&m.child===s.callee),u=()=>p({sel:"",
callee:""});if(!i||s.callee&&!c)return null;let f={t:s.t,from:s.from,to:s.to};return t("aside",{class:"card map-panel","aria-label":n.details,onKeyDown:m=>m.key===
"Escape"&&u(),children:[t("div",{class:"card-head",children:[t("h2",{children:c?`${c.parent} → ${c.child}`:t(L,{name:i.service,color:i.color})}),!c&&t("span",
{class:"sub",children:n.kinds[i.kind]}),t("span",{class:"spring"}),t("button",{type:"button",class:"btn small icon-only quiet","aria-label":n.close,onClick:u,children:t(
I,{name:"x"})})]}),c?t(y,{children:[t(J,{title:n.lines,edges:[c],map:e,query:s,name:m=>m.child}),t("a",{class:"btn",href:w("traces",{},{q:K(c),...f}),children:n.
through})]}):t(y,{children:[t("div",{class:"row tight",children:[t("a",{class:"btn small",href:w("traces",{},{q:`service=${x(i.service)}`,...f}),children:n.traces}),
t("button",{type:"button",class:"btn small",onClick:()=>p({focus:i.service}),children:n.focusHere})]}),i.calls!==void 0&&t(Be,{service:i.service,map:e}),t("h3",
{children:n.slos}),t(Ke,{slos:B(i.service,r)}),t(J,{title:n.callers,edges:e.edges.filter(m=>m.child===i.service),map:e,query:s,name:m=>m.parent}),t(J,{title:n.called,
edges:e.edges.filter(m=>m.parent===i.service),map:e,query:s,name:m=>m.child})]})]})}function Ke({slos:e}){let r=v();return e.length===0?t("p",{class:"sub",children:r.
map.noSlos}):t("ul",{class:"map-slos",children:e.map(s=>t("li",{class:"row tight",children:[t(V,{tone:C[P(s)],children:r.status[P(s)]}),t("a",{class:"link",href:w(
"slo",{name:s.name}),children:oe(s)}),t("span",{class:"sub",children:S().budget(s.budget)})]},`${s.name} ${s.objective}`))})}function J({title:e,edges:r,map:s,query:p,
name:n}){let i=v().map,c=S(),u=R(s);if(r.length===0)return null;let f=[...r].sort((m,o)=>o.calls-m.calls);return t("table",{"aria-label":e,class:"map-lines",children:[
t("thead",{children:t("tr",{children:[t("th",{scope:"col",children:e}),t("th",{scope:"col",class:"num",children:i.rate}),t("th",{scope:"col",class:"num",children:i.
errors}),t("th",{scope:"col",class:"num",children:i.slow})]})}),t("tbody",{children:f.map(m=>t("tr",{children:[t("td",{children:t("a",{class:"link",href:w("trac\
es",{},{q:K(m),t:p.t,from:p.from,to:p.to}),title:i.throughEdge(m.parent,m.child),"aria-label":i.throughEdge(m.parent,m.child),children:n(m)})}),t("td",{class:"n\
um",children:c.rate(m.calls/u)}),t("td",{class:"num",children:c.share(z(m))}),t("td",{class:"num",children:m.p95Us?c.duration(m.p95Us):""})]},n(m)))})]})}function Be({
service:e,map:r}){let s=v().map,p=S(),{from:n,to:i}=r,c=G(D("/aggregate",{q:`service=${x(e)} kind=(server,consumer)`,by:"time",histogram:"duration",from:n,to:i}),
{keep:!0}).data;if(!c)return t("div",{class:"map-red","aria-busy":"true"});let u=[...c.items].sort((o,d)=>String(o.key[0]).localeCompare(String(d.key[0]))),f=Math.
max(1,(c.stepUs??1e6)/1e6),m=[[s.rate,u.map(o=>o.spans/f),p.rate],[s.errors,u.map(o=>o.errors/Math.max(1,o.spans)),p.share],[s.slow,u.map(o=>o.p90Us??0),p.duration]];
return t("div",{class:"map-red",children:m.map(([o,d,b])=>t(Fe,{label:o,values:d,last:d.length>0?b(Math.max(...d)):""},o))})}function Fe({label:e,values:r,last:s}){
let p=Math.max(...r,1e-9),n=r.map((i,c)=>`${c*100/Math.max(1,r.length-1)},${27-i/p*24}`).join(" ");return t("div",{children:[t("span",{class:"sub",children:[e,"\
 ≤ ",s]}),t("svg",{viewBox:"0 0 100 28",preserveAspectRatio:"none","aria-hidden":"true",children:t("polyline",{points:n})})]})}function Ee({map:e,slos:r,query:s}){let p=v(),n=p.map,i=S(),c=R(e),u={t:s.t,from:s.from,to:s.to},f=a=>W(s.q,a)!==null,m=a=>a?i.duration(a):"",o=new Map(e.nodes.
map(a=>[a.service,a.color])),d=a=>w("traces",{},{q:K(a),...u}),b=a=>w("traces",{},{q:`service=${x(a.service)}`,...u});return t(y,{children:[t("section",{class:"\
card flush",children:[t("div",{class:"card-head",children:t("h2",{children:n.lines})}),t(j,{label:n.lines,rows:e.edges.filter(a=>f(`${a.parent} ${a.child}`)).sort(
(a,g)=>g.calls-a.calls),rowKey:a=>`${a.parent} ${a.child}`,rowHref:d,columns:[{key:"from",head:n.from,cell:a=>t("a",{href:d(a),"aria-label":n.throughEdge(a.parent,
a.child),children:t(L,{name:a.parent,color:o.get(a.parent)})})},{key:"to",head:n.to,cell:a=>t(L,{name:a.child,color:o.get(a.child)})},{key:"rate",head:n.rate,num:!0,
cell:a=>i.rate(a.calls/c)},{key:"errors",head:n.errors,num:!0,cell:a=>i.share(z(a))},{key:"p50",head:n.p50,num:!0,wideOnly:!0,cell:a=>m(a.p50Us)},{key:"p95",head:n.
slow,num:!0,wideOnly:!0,cell:a=>m(a.p95Us)},{key:"p99",head:n.p99,num:!0,wideOnly:!0,cell:a=>m(a.p99Us)}]})]}),t("section",{class:"card flush",children:[t("div",
{class:"card-head",children:t("h2",{children:n.services})}),t(j,{label:n.services,rows:e.nodes.filter(a=>f(a.service)).sort((a,g)=>T(e,g).calls-T(e,a).calls),rowKey:a=>a.
service,rowHref:b,columns:[{key:"name",head:n.services,cell:a=>t("a",{href:b(a),children:t(L,{name:a.service,color:a.color})})},{key:"kind",head:n.kind,wideOnly:!0,
class:"sub",cell:a=>n.kinds[a.kind]},{key:"rate",head:n.rate,num:!0,cell:a=>i.rate(T(e,a).calls/c)},{key:"errors",head:n.errors,num:!0,cell:a=>i.share(z(T(e,a)))},
{key:"p95",head:n.slow,num:!0,wideOnly:!0,cell:a=>m(a.p95Us)},{key:"status",head:n.status,cell:a=>{let g=B(a.service,r)[0];return g&&t(V,{tone:C[P(g)],children:p.
status[P(g)]})}}]})]})]})}var Ve=60,We=300,Xe=5e3,Oe=matchMedia("(max-width: 900px)");function _t({query:e}){let r=v().map;me(r.title);let s=(o,d=!1)=>le(w("map",{},{...e,...o}),{replace:d}),
p=e.from!=="",n=D("/map",{...ie(e),histogram:"duration",services:e.all?We:Ve,focus:e.focus,hops:e.focus?e.hops:void 0,min:e.min==="0"?void 0:e.min}),i=G(n,{topic:"\
traces",keep:!0,follow:!1});U(()=>{if(!i.outdated||p)return;let o=setTimeout(()=>!document.hidden&&i.retry(),Xe);return()=>clearTimeout(o)},[i.outdated,i.data,p]);
let c=G(D("/slos"),{topic:"slos"}).data?.items??[],[u,f]=N([]);U(()=>{i.data&&!e.focus&&f(i.data.nodes.map(o=>o.service))},[i.data]);let m=Oe.matches?"table":e.
view;return t(y,{children:[i.problem&&t(de,{resource:i,what:r.title}),t("div",{class:"row",children:[t("label",{class:"search",children:[t(I,{name:"search"}),t(
"span",{class:"sr",children:r.find}),t("input",{class:"input",type:"search","data-filter":!0,placeholder:r.find,value:e.q,onInput:o=>s({q:o.currentTarget.value},
!0)})]}),t("label",{class:"row tight sub map-focus",children:[r.focus,t("select",{class:"input",value:e.focus,onChange:o=>s({focus:o.currentTarget.value,sel:"",
callee:""}),children:[t("option",{value:"",children:r.everything}),[...new Set([...u,e.focus])].filter(Boolean).map(o=>t("option",{children:o},o))]})]}),e.focus&&
t("div",{class:"row tight sub",children:[r.hops,t(X,{label:r.hops,values:["1","2","3"],now:e.hops,text:o=>o,choose:o=>s({hops:o})})]}),t("div",{class:"row tight\
 sub",children:[r.min,t(X,{label:r.min,values:["0","1","5","20"],now:e.min,text:o=>r.minOf(o),choose:o=>s({min:o})})]}),!Oe.matches&&t(X,{label:r.view,values:["\
graph","table"],now:e.view,text:o=>r[o],choose:o=>s({view:o})}),t("span",{class:"spring"}),t(pe,{range:e,onChange:o=>s(o)})]}),t(fe,{resource:i,what:r.title,rows:12,
card:!0,children:o=>t(y,{children:[o.nodes.length===0?t("section",{class:"card",children:t(ue,{title:r.emptyTitle,children:[t("p",{children:e.focus?r.noFocus(e.
focus):r.emptyText}),e.focus&&t("button",{type:"button",class:"btn",onClick:()=>s({focus:""}),children:r.everything})]})}):t("div",{class:m==="table"?"grid map-\
tables":e.sel?"map-split":"grid",children:[m==="graph"?t(ke,{map:o,slos:c,query:e,set:s}):t(Ee,{map:o,slos:c,query:e}),e.sel&&m==="graph"&&t(Se,{map:o,slos:c,query:e,
set:s})]}),t("div",{class:"row sub",children:[(o.left.services>0||e.all)&&t(y,{children:[o.left.services>0&&t("span",{children:r.folded(o.left.services)}),t("bu\
tton",{type:"button",class:"btn small",onClick:()=>s({all:!e.all}),children:e.all?r.fold:r.unfold})]}),o.left.edges>0&&t("span",{children:r.weak(o.left.edges)}),
t("span",{children:r.over(ce(e))})]})]})})]})}export{_t as MapPage};
