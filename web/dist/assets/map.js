import{Fa as _,Fb as ue,H as M,Hb as V,I as S,Ia as ce,Ja as pe,Ka as me,M as G,Ub as fe,V as O,Va as R,W as L,Xb as de,Yb as he,_ as oe,a as $,ba as ne,bc as ge,
c as U,cc as W,d as C,ea as ae,f as se,g as re,h as t,ha as ie,ia as F,j as Q,oa as y,sa as le,wa as j}from"./chunk.js";function T(e,r){if(r.calls!==void 0)return{calls:r.calls,errors:r.errors??0};let s=n=>n.reduce((i,c)=>({calls:i.calls+c.calls,errors:i.errors+c.errors}),{calls:0,
errors:0}),p=e.edges.filter(n=>n.child===r.service&&n.parent!==r.service);return s(p.length>0?p:e.edges.filter(n=>n.parent===r.service))}var A=e=>Math.max(1,(Date.
parse(e.to)-Date.parse(e.from))/1e3),X=.01,P=e=>e.calls>0?Math.min(1,e.errors/e.calls):0,Le={width:172,height:44,column:228,row:58},ve={width:116,height:20,column:152,
row:25},Re=60,Ae=e=>e>Re?ve:Le,Me=e=>e===ve;function $e(e){let r=Ae(e.nodes.length),s=Math.min(...e.nodes.map(o=>o.rank)),p=Math.min(...e.nodes.map(o=>o.row),...e.
edges.flatMap(o=>o.via.map(([,f])=>f))),n=o=>(o-s)*r.column,i=o=>(o-p)*r.row,c=new Map(e.nodes.map(o=>[o.service,{x:n(o.rank),y:i(o.row)}])),u=Math.max(...e.nodes.
map(o=>n(o.rank)))+r.width,h=Math.max(...e.nodes.map(o=>i(o.row)))+r.height,m=r.height/2;return{sizes:r,at:c,width:u,height:h,way(o){let f=c.get(o.parent),b=c.get(
o.child);if(!f||!b)return"";let a=b.x<f.x,g=[f.x+(a?0:r.width),f.y+m-(f===b?6:0)],z=[b.x+(b.x>f.x?0:r.width),b.y+m+(f===b?6:0)];if(b.x===f.x)return`M${g.join(" ")}\
C${g[0]+be} ${g[1]} ${z[0]+be} ${z[1]} ${z.join(" ")}`;let I=o.via.flatMap(([v,x])=>{let k=[[n(v),i(x)+m],[n(v)+r.width,i(x)+m]];return a?k.reverse():k}),N=[g,...I,
z];return N.map((v,x)=>x===0?`M${v.join(" ")}`:Ie(N[x-1],v)).join("")}}}var be=40;function Ie([e,r],[s,p]){if(r===p)return`L${s} ${p}`;let n=(s-e)/2;return`C${e+
n} ${r} ${s-n} ${p} ${s} ${p}`}function ye(e){return Math.min(9,1+1.6*Math.log10(1+10*e))}function we(e,r,s){let p=c=>c.filter(u=>u.parent!==u.child).sort((u,h)=>h.
calls-u.calls)[0],n=e.nodes.find(c=>c.service===r);if(!n)return null;if(s==="ArrowRight")return p(e.edges.filter(c=>c.parent===r))?.child??null;if(s==="ArrowLef\
t")return p(e.edges.filter(c=>c.child===r))?.parent??null;let i=s==="ArrowDown"?1:s==="ArrowUp"?-1:0;return i!==0&&e.nodes.find(c=>c.rank===n.rank&&c.order===n.
order+i)?.service||null}function K(e){return e.timedBy==="callee"?`service=${w(e.child)} remote=${w(e.parent)}`:e.timedBy==="caller"?`service=${w(e.parent)} rem\
ote=${w(e.child)}`:`service=${w(e.child)}`}var w=e=>/^[\w./-]+$/.test(e)?e:`"${e.replace(/["\\]/g,"\\$&")}"`;function xe(e,r,s){let p=Math.max(4,Math.floor(r/s));
if(e.length<=p)return e;let n=Math.floor((p-1)/2);return`${e.slice(0,p-1-n)}…${e.slice(e.length-n)}`}var B=(e,r)=>r.filter(s=>s.service.toLowerCase()===e).sort(oe);function Se(e,r){let s=B(e.service,r)[0];return s?L[O(s)]:e.alarming?"crit":e.calls&&(e.errors??0)/
e.calls>=X?"warn":null}var H=16,Qe=.7,Z=.2,Ge=3,Y=1.25;function ke({map:e,slos:r,query:s,set:p}){let n=M().map,i=se(null),c=re(()=>$e(e),[e]),[u,h]=U(null),[m,o]=U(1e3),[f,b]=U(s.sel||
e.nodes[0].service),a=A(e);C(()=>{let l=i.current,d=new ResizeObserver(()=>o(l.clientWidth));return d.observe(l),()=>d.disconnect()},[]);let g=l=>{let d=Math.max(
l,Math.min(1.15,m/(c.width+2*H)));return{x:-Math.max(H,(m/d-c.width)/2),y:-H,zoom:d}},z=g(Qe),{x:I,y:N,zoom:v}=u??z,x=Math.max(240,(c.height+2*H)*z.zoom),k=(l,d=m/
2,E=x/2)=>{let D=Math.min(Ge,Math.max(Z,v*l));h({x:I+d/v-d/D,y:N+E/v-E/D,zoom:D})},ze=l=>{b(l),[...i.current?.querySelectorAll("[data-service]")??[]].find(E=>E.
dataset.service===l)?.focus()};ae([{keys:"ArrowRight",label:n.walk,group:"map",run:null},{keys:"Enter",label:n.details,group:"map",run:null},{keys:"+",label:n.zoomIn,
group:"map",run:()=>k(Y)},{keys:"-",label:n.zoomOut,group:"map",run:()=>k(1/Y)},{keys:"0",label:n.fit,group:"map",run:()=>h(g(Z))}]);let Te=l=>{if(!(l.ctrlKey||
l.metaKey||l.altKey)){if(l.key==="Enter"||l.key===" ")p({sel:f,callee:""});else if(l.key==="Escape"&&s.sel)p({sel:"",callee:""});else if(l.key.startsWith("Arrow")){
let d=we(e,f,l.key);d&&ze(d)}else return;l.preventDefault()}},Ne=l=>{if(l.button!==0||l.target.closest("[data-service], .map-hit"))return;let d=i.current,[E,D]=[
l.clientX,l.clientY],ee=te=>h({x:I-(te.clientX-E)/v,y:N-(te.clientY-D)/v,zoom:v});d.setPointerCapture(l.pointerId),d.addEventListener("pointermove",ee),d.addEventListener(
"pointerup",()=>d.removeEventListener("pointermove",ee),{once:!0})},q=l=>{if(!l.ctrlKey&&!l.metaKey)return;l.preventDefault();let d=i.current.getBoundingClientRect();
k(Math.exp(-l.deltaY/300),l.clientX-d.left,l.clientY-d.top)};C(()=>{let l=i.current;return l.addEventListener("wheel",q,{passive:!1}),()=>l.removeEventListener(
"wheel",q)});let Ue=l=>s.q!==""&&V(s.q,l)!==null,Ce=l=>!s.sel||(s.callee?l.parent===s.sel&&l.child===s.callee:l.parent===s.sel||l.child===s.sel);return t("secti\
on",{class:"card map-card",children:[t("svg",{ref:i,class:"map",style:{height:`${x}px`},viewBox:`${I} ${N} ${m/v} ${x/v}`,role:"group","aria-label":n.label(e.nodes.
length,e.edges.length),onPointerDown:Ne,onKeyDown:Te,children:[e.edges.map(l=>t(Ke,{edge:l,way:c.way(l),seconds:a,isPale:!Ce(l),choose:()=>p({sel:l.parent,callee:l.
child})},`${l.parent} ${l.child}`)),e.nodes.map(l=>{let d=c.at.get(l.service);return t("g",{class:`map-node k-${l.kind}${Ue(l.service)?" found":""}${s.sel===l.service&&
!s.callee?" chosen":""}`,transform:`translate(${d.x} ${d.y})`,"data-service":l.service,role:"button",tabIndex:l.service===f?0:-1,onFocus:()=>b(l.service),onClick:()=>p(
{sel:l.service,callee:""}),children:t(Be,{node:l,map:e,sizes:c.sizes,seconds:a,tone:Se(l,r)})},l.service)})]}),t("div",{class:"row sub map-legend",children:[t("\
span",{class:"spring",children:[n.legendWidth," · ",n.legendRed]}),[["zoom-in",n.zoomIn,()=>k(Y)],["zoom-out",n.zoomOut,()=>k(1/Y)],["maximize",n.fit,()=>h(g(Z))]].
map(([l,d,E])=>t("button",{type:"button",class:"btn small icon-only","aria-label":d,title:d,onClick:E,children:t(_,{name:l})},l))]})]})}function Ke({edge:e,way:r,
seconds:s,isPale:p,choose:n}){let i=S(),c=ye(e.calls/s),u=P(e);return t("g",{class:`map-line${p?" pale":""}`,children:[t("path",{d:r,style:{strokeWidth:`${c}px`}}),
u>0&&t("path",{class:"bad",d:r,style:{strokeWidth:`${Math.max(1.5,c*u)}px`}}),t("path",{class:"map-hit",d:r,onClick:n,children:t("title",{children:`${e.parent} \
→ ${e.child}: ${i.rate(e.calls/s)}, ${i.share(u)}${e.p95Us?`, p95 ${i.duration(e.p95Us)}`:""}`})})]})}function Be({node:e,map:r,sizes:s,seconds:p,tone:n}){let i=M().
map,c=S(),u=T(r,e),h=P(u),m=c.rate(u.calls/p),o=Me(s),{width:f,height:b}=s,a=o?20:26,g=o?b/2+4:e.kind==="database"?23:19;return t($,{children:[t("title",{children:[
i.node(e.service,i.kinds[e.kind],m,c.share(h)),e.p95Us&&i.p95(c.duration(e.p95Us)),e.alarming&&i.alarming].filter(Boolean).join(", ")}),t("path",{class:"box",d:Fe(
e.kind,f,b)}),t("rect",{class:`hue c${e.color%8}`,x:o?8:12,y:g-8,width:"8",height:"8",rx:"2"}),t("text",{class:o?"name tight":"name",x:a,y:g,children:xe(e.service,
f-a-(n?20:8),o?6.1:7.1)}),!o&&t("text",{class:"figures",x:a,y:g+16,children:[m," · ",t("tspan",{class:h>=X?"bad":void 0,children:c.share(h)}),e.p95Us?` · ${c.
duration(e.p95Us)}`:""]}),n&&n!=="ok"&&t("g",{class:`tone ${n}`,transform:`translate(${f-18} ${g-10})`,children:t("svg",{width:"12",height:"12",viewBox:"0 0 12 \
12",children:t(ie,{tone:n})})})]})}function Fe(e,r,s){let p=Math.min(10,s/2);return e==="database"?`M0 5a${r/2} 5 0 0 1 ${r} 0v${s-10}a${r/2} 5 0 0 1 ${-r} 0zM0\
 5a${r/2} 5 0 0 0 ${r} 0`:e==="queue"?`M${p} 0h${r-2*p}a${p} ${s/2} 0 0 1 0 ${s}h${2*p-r}a${p} ${s/2} 0 0 1 0 ${-s}zM${r-p} 0a${p} ${s/2} 0 0 0 0 ${s}`:e==="ext\
ernal"?`M${p} 0h${r-2*p}l${p} ${s/2}l${-p} ${s/2}h${2*p-r}l${-p} ${-s/2}z`:`M6 0h${r-12}a6 6 0 0 1 6 6v${s-12}a6 6 0 0 1 -6 6h${12-r}a6 6 0 0 1 -6 -6v${12-s}a6 \
6 0 0 1 6 -6z`}function Ee({map:e,slos:r,query:s,set:p}){let n=M().map,i=e.nodes.find(m=>m.service===s.sel),c=e.edges.find(m=>m.parent===s.sel&&m.child===s.callee),u=()=>p({sel:"",
callee:""});if(!i||s.callee&&!c)return null;let h={t:s.t,from:s.from,to:s.to};return t("aside",{class:"card map-panel","aria-label":n.details,onKeyDown:m=>m.key===
"Escape"&&u(),children:[t("div",{class:"card-head",children:[t("h2",{children:c?`${c.parent} → ${c.child}`:t(R,{name:i.service,color:i.color})}),!c&&t("span",
{class:"sub",children:n.kinds[i.kind]}),t("span",{class:"spring"}),t("button",{type:"button",class:"btn small icon-only quiet","aria-label":n.close,onClick:u,children:t(
_,{name:"x"})})]}),c?t($,{children:[t(J,{title:n.lines,edges:[c],map:e,query:s,name:m=>m.child}),t("a",{class:"btn",href:y("traces",{},{q:K(c),...h}),children:n.
through})]}):t($,{children:[t("div",{class:"row tight",children:[t("a",{class:"btn small",href:y("traces",{},{q:`service=${w(i.service)}`,...h}),children:n.traces}),
t("button",{type:"button",class:"btn small",onClick:()=>p({focus:i.service}),children:n.focusHere})]}),i.calls!==void 0&&t(Ve,{service:i.service,map:e}),t("h3",
{children:n.slos}),t(_e,{slos:B(i.service,r)}),t(J,{title:n.callers,edges:e.edges.filter(m=>m.child===i.service),map:e,query:s,name:m=>m.parent}),t(J,{title:n.called,
edges:e.edges.filter(m=>m.parent===i.service),map:e,query:s,name:m=>m.child})]})]})}function _e({slos:e}){let r=M();return e.length===0?t("p",{class:"sub",children:r.
map.noSlos}):t("ul",{class:"map-slos",children:e.map(s=>t("li",{class:"row tight",children:[t(F,{tone:L[O(s)],children:r.status[O(s)]}),t("a",{class:"link",href:y(
"slo",{name:s.name}),children:ne(s)}),t("span",{class:"sub",children:S().budget(s.budget)})]},`${s.name} ${s.objective}`))})}function J({title:e,edges:r,map:s,query:p,
name:n}){let i=M().map,c=S(),u=A(s);if(r.length===0)return null;let h=[...r].sort((m,o)=>o.calls-m.calls);return t("table",{"aria-label":e,class:"map-lines",children:[
t("thead",{children:t("tr",{children:[t("th",{scope:"col",children:e}),t("th",{scope:"col",class:"num",children:i.rate}),t("th",{scope:"col",class:"num",children:i.
errors}),t("th",{scope:"col",class:"num",children:i.slow})]})}),t("tbody",{children:h.map(m=>t("tr",{children:[t("td",{children:t("a",{class:"link",href:y("trac\
es",{},{q:K(m),t:p.t,from:p.from,to:p.to}),title:i.throughEdge(m.parent,m.child),"aria-label":i.throughEdge(m.parent,m.child),children:n(m)})}),t("td",{class:"n\
um",children:c.rate(m.calls/u)}),t("td",{class:"num",children:c.share(P(m))}),t("td",{class:"num",children:m.p95Us?c.duration(m.p95Us):""})]},n(m)))})]})}function Ve({
service:e,map:r}){let s=M().map,p=S(),{from:n,to:i}=r,c=G(Q("/aggregate",{q:`service=${w(e)} kind=(server,consumer)`,by:"time",histogram:"duration",from:n,to:i}),
{keep:!0}).data;if(!c)return t("div",{class:"map-red","aria-busy":"true"});let u=[...c.items].sort((o,f)=>String(o.key[0]).localeCompare(String(f.key[0]))),h=Math.
max(1,(c.stepUs??1e6)/1e6),m=[[s.rate,u.map(o=>o.spans/h),p.rate],[s.errors,u.map(o=>o.errors/Math.max(1,o.spans)),p.share],[s.slow,u.map(o=>o.p90Us??0),p.duration]];
return t("div",{class:"map-red",children:m.map(([o,f,b])=>t(We,{label:o,values:f,last:f.length>0?b(Math.max(...f)):""},o))})}function We({label:e,values:r,last:s}){
let p=Math.max(...r,1e-9),n=r.map((i,c)=>`${c*100/Math.max(1,r.length-1)},${27-i/p*24}`).join(" ");return t("div",{children:[t("span",{class:"sub",children:[e,"\
 ≤ ",s]}),t("svg",{viewBox:"0 0 100 28",preserveAspectRatio:"none","aria-hidden":"true",children:t("polyline",{points:n})})]})}function Oe({map:e,slos:r,query:s}){let p=M(),n=p.map,i=S(),c=A(e),u={t:s.t,from:s.from,to:s.to},h=a=>V(s.q,a)!==null,m=a=>a?i.duration(a):"",o=new Map(e.nodes.
map(a=>[a.service,a.color])),f=a=>y("traces",{},{q:K(a),...u}),b=a=>y("traces",{},{q:`service=${w(a.service)}`,...u});return t($,{children:[t("section",{class:"\
card flush",children:[t("div",{class:"card-head",children:t("h2",{children:n.lines})}),t(j,{label:n.lines,rows:e.edges.filter(a=>h(`${a.parent} ${a.child}`)).sort(
(a,g)=>g.calls-a.calls),rowKey:a=>`${a.parent} ${a.child}`,rowHref:f,columns:[{key:"from",head:n.from,cell:a=>t("a",{href:f(a),"aria-label":n.throughEdge(a.parent,
a.child),children:t(R,{name:a.parent,color:o.get(a.parent)})})},{key:"to",head:n.to,cell:a=>t(R,{name:a.child,color:o.get(a.child)})},{key:"rate",head:n.rate,num:!0,
cell:a=>i.rate(a.calls/c)},{key:"errors",head:n.errors,num:!0,cell:a=>i.share(P(a))},{key:"p50",head:n.p50,num:!0,wideOnly:!0,cell:a=>m(a.p50Us)},{key:"p95",head:n.
slow,num:!0,wideOnly:!0,cell:a=>m(a.p95Us)},{key:"p99",head:n.p99,num:!0,wideOnly:!0,cell:a=>m(a.p99Us)}]})]}),t("section",{class:"card flush",children:[t("div",
{class:"card-head",children:t("h2",{children:n.services})}),t(j,{label:n.services,rows:e.nodes.filter(a=>h(a.service)).sort((a,g)=>T(e,g).calls-T(e,a).calls),rowKey:a=>a.
service,rowHref:b,columns:[{key:"name",head:n.services,cell:a=>t("a",{href:b(a),children:t(R,{name:a.service,color:a.color})})},{key:"kind",head:n.kind,wideOnly:!0,
class:"sub",cell:a=>n.kinds[a.kind]},{key:"rate",head:n.rate,num:!0,cell:a=>i.rate(T(e,a).calls/c)},{key:"errors",head:n.errors,num:!0,cell:a=>i.share(P(T(e,a)))},
{key:"p95",head:n.slow,num:!0,wideOnly:!0,cell:a=>m(a.p95Us)},{key:"status",head:n.status,cell:a=>{let g=B(a.service,r)[0];return g&&t(F,{tone:L[O(g)],children:p.
status[O(g)]})}}]})]})]})}var Xe=60,He=300,Ye=5e3,Pe=matchMedia("(max-width: 900px)");function jt({query:e}){let r=M().map;ue(r.title);let s=(o,f=!1)=>le(y("map",{},{...e,...o}),{replace:f}),
p=e.from!=="",n=Q("/map",{...ce(e),histogram:"duration",services:e.all?He:Xe,focus:e.focus,hops:e.focus?e.hops:void 0,min:e.min==="0"?void 0:e.min}),i=G(n,{topic:"\
traces",keep:!0,follow:!1});C(()=>{if(!i.outdated||p)return;let o=setTimeout(()=>!document.hidden&&i.retry(),Ye);return()=>clearTimeout(o)},[i.outdated,i.data,p]);
let c=G(Q("/slos"),{topic:"slos"}).data?.items??[],[u,h]=U([]);C(()=>{i.data&&!e.focus&&h(i.data.nodes.map(o=>o.service))},[i.data]);let m=Pe.matches?"table":e.
view;return t($,{children:[i.problem&&t(de,{resource:i,what:r.title}),t("div",{class:"row",children:[t(ge,{label:r.find,text:e.q,onText:o=>s({q:o},!0)}),t("labe\
l",{class:"row tight sub map-focus",children:[r.focus,t("select",{class:"input",value:e.focus,onChange:o=>s({focus:o.currentTarget.value,sel:"",callee:""}),children:[
t("option",{value:"",children:r.everything}),[...new Set([...u,e.focus])].filter(Boolean).map(o=>t("option",{children:o},o))]})]}),e.focus&&t("div",{class:"row \
tight sub",children:[r.hops,t(W,{label:r.hops,values:["1","2","3"],now:e.hops,text:o=>o,choose:o=>s({hops:o})})]}),t("div",{class:"row tight sub",children:[r.min,
t(W,{label:r.min,values:["0","1","5","20"],now:e.min,text:o=>r.minOf(o),choose:o=>s({min:o})})]}),!Pe.matches&&t(W,{label:r.view,values:["graph","table"],now:e.
view,text:o=>r[o],choose:o=>s({view:o})}),t("span",{class:"spring"}),t(me,{range:e,onChange:o=>s(o)})]}),t(he,{resource:i,what:r.title,rows:12,card:!0,children:o=>t(
$,{children:[o.nodes.length===0?t("section",{class:"card",children:t(fe,{title:r.emptyTitle,children:[t("p",{children:e.focus?r.noFocus(e.focus):r.emptyText}),e.
focus&&t("button",{type:"button",class:"btn",onClick:()=>s({focus:""}),children:r.everything})]})}):t("div",{class:m==="table"?"grid map-tables":e.sel?"map-spli\
t":"grid",children:[m==="graph"?t(ke,{map:o,slos:c,query:e,set:s}):t(Oe,{map:o,slos:c,query:e}),e.sel&&m==="graph"&&t(Ee,{map:o,slos:c,query:e,set:s})]}),t("div",
{class:"row sub",children:[(o.left.services>0||e.all)&&t($,{children:[o.left.services>0&&t("span",{children:r.folded(o.left.services)}),t("button",{type:"button",
class:"btn small",onClick:()=>s({all:!e.all}),children:e.all?r.fold:r.unfold})]}),o.left.edges>0&&t("span",{children:r.weak(o.left.edges)}),t("span",{children:r.
over(pe(e))})]})]})})]})}export{jt as MapPage};
