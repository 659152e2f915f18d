import{Fa as xe,I as M,J as E,La as ye,N as Q,Pa as ne,Vb as Ee,W as he,X as fe,Xb as j,Y,Ya as Se,Za as ae,_ as ge,_a as ke,a as y,ba as be,c as I,ca as ve,d as re,
e as se,ea as we,f as de,fc as Oe,g as oe,h as r,jb as G,k as X,mc as Pe,nc as Z,oa as S,pa as L,qa as A,sc as Re,ua as $e,xa as Me}from"./chunk.js";function P(e,o){if(o.calls!==void 0)return{calls:o.calls,errors:o.errors??0};let t=s=>s.reduce((a,i)=>({calls:a.calls+i.calls,errors:a.errors+i.errors}),{calls:0,
errors:0}),n=e.edges.filter(s=>s.child===o.service&&s.parent!==o.service);return t(n.length>0?n:e.edges.filter(s=>s.parent===o.service))}var V=e=>Math.max(1,(Date.
parse(e.to)-Date.parse(e.from))/1e3),J=.01,R=e=>e.calls>0?Math.min(1,e.errors/e.calls):0;function Ne(e){return Math.min(9,1+1.6*Math.log10(1+10*e))}function ze(e,o,t){
let n=i=>i.filter(p=>p.parent!==p.child).sort((p,d)=>d.calls-p.calls)[0],s=e.nodes.find(i=>i.service===o);if(!s)return null;if(t==="ArrowRight")return n(e.edges.
filter(i=>i.parent===o))?.child??null;if(t==="ArrowLeft")return n(e.edges.filter(i=>i.child===o))?.parent??null;let a=t==="ArrowDown"?1:t==="ArrowUp"?-1:0;return a!==
0&&e.nodes.find(i=>i.rank===s.rank&&i.order===s.order+a)?.service||null}function B(e){return e.timedBy==="callee"?`service=${O(e.child)} remote=${O(e.parent)}`:
e.timedBy==="caller"?`service=${O(e.parent)} remote=${O(e.child)}`:`service=${O(e.child)}`}var O=e=>/^[\w./-]+$/.test(e)?e:`"${e.replace(/["\\]/g,"\\$&")}"`;var H=(e,o)=>o.filter(t=>t.service.toLowerCase()===e).sort($e);function ie(e,o){let t=H(e.service,o)[0];return t?A[L(t)]:e.alarming?"crit":e.calls&&(e.errors??0)/
e.calls>=J?"warn":null}var We={min:56,max:300},Ye={min:10,max:92},q={width:.76,height:.78},Te={width:190,height:44},Ce=(e,{min:o,max:t})=>Math.min(t,Math.max(o,e));function je(e,o,t){
let n=Ce(t.width/(e-1+q.width),We),s=Ce(t.height/(o-1+q.height),Ye);return{column:n,row:s,width:Math.min(Te.width,n*q.width),height:Math.min(Te.height,s*q.height)}}
function Ve(e,o){let t=e.nodes.map(h=>h.rank),n=[...e.nodes.map(h=>h.row),...e.edges.flatMap(h=>h.via.map(([,v])=>v))],[s,a]=[Math.min(...t),Math.min(...n)],i=je(
Math.max(...t)-s+1,Math.max(...n)-a+1,o),p=h=>(h-s)*i.column,d=h=>(h-a)*i.row,u=new Map(e.nodes.map(h=>[h.service,{x:p(h.rank),y:d(h.row)}])),l=i.height/2;return{
sizes:i,at:u,width:p(Math.max(...t))+i.width,height:d(Math.max(...n))+i.height,way(h){let v=u.get(h.parent),c=u.get(h.child);if(!v||!c)return"";let f=c.x<v.x,b=[
v.x+(f?0:i.width),v.y+l-(v===c?l/4:0)],x=[c.x+(c.x>v.x?0:i.width),c.y+l+(v===c?l/4:0)];if(c.x===v.x)return`M${b.join(" ")}C${b[0]+Le} ${b[1]} ${x[0]+Le} ${x[1]}\
 ${x.join(" ")}`;let N=h.via.flatMap(([w,$])=>{let T=[[p(w),d($)+l],[p(w)+i.width,d($)+l]];return f?T.reverse():T}),z=[b,...N,x];return z.map((w,$)=>$===0?`M${w.
join(" ")}`:Ze(z[$-1],w)).join("")}}}var Le=40;function Ze([e,o],[t,n]){if(o===n)return`L${t} ${n}`;let s=(t-e)/2;return`C${e+s} ${o} ${t-s} ${n} ${t} ${n}`}function ee(e){
return e>=34?"figures":e>=14?"name":"sparse"}var D={figures:13,name:11,sparse:10},le=.56;function Ue(e,{at:o,sizes:t},n){let s=[],a=new Set;for(let{service:i}of e){
let{x:p,y:d}=o.get(i),u=p+Math.min(t.column,n*(1.5+le*i.length));s.some(l=>Math.abs(l.y-d)<n*1.1&&l.x<u&&p<l.to)||(s.push({x:p,y:d,to:u}),a.add(i))}return a}function Ie(e,o,t){
let n=Math.max(4,Math.floor(o/t));if(e.length<=n)return e;let s=Math.floor((n-1)/2);return`${e.slice(0,n-1-s)}…${e.slice(e.length-s)}`}var Ae=11,qe=.5,et=66;function Ge({node:e,map:o,sizes:t,zoom:n,tone:s,isNamed:a,free:i}){let p=M().map,d=E(),{width:u,height:l}=t,h=_=>_/n,v=P(o,e),c=R(v),f=d.rate(
v.calls/V(o)),b=ee(l*n),x=s!==null&&s!=="ok",N=Math.min(h(8),l*.7),z=h(b==="figures"?10:5),w=z+N+h(b==="figures"?6:4),$=e.kind==="database"?h(3):0,T=$+(b==="fig\
ures"?l/2-h(8):l/2),C=b==="sparse"?0:h(12),K=c>=J?d.share(c):"",F=(u-w)*n,W=b==="sparse"?(Math.min(i,t.column)-w)*n:F-(x?C*n+10:6),m=b==="figures"||b==="sparse"&&
W<et?"":K,g=e.p95Us?` · ${d.duration(e.p95Us)}`:"",k=(`${f} · ${d.share(c)}${g}`.length+1)*Ae*qe<F;return r(y,{children:[r("title",{children:[p.node(e.service,
p.kinds[e.kind],f,d.share(c)),e.p95Us&&p.p95(d.duration(e.p95Us)),e.alarming&&p.alarming].filter(Boolean).join(", ")}),r("path",{class:`box${x&&b==="sparse"?` t\
old ${s}`:""}`,d:tt(e.kind,u,l),style:{strokeWidth:`${h(1)}px`}}),r("rect",{class:`hue c${e.color%8}`,x:z,y:T-N/2,width:N,height:N,rx:h(2)}),r("text",{class:`na\
me d-${b}${a?"":" unseen"}`,x:w,y:T+h(D[b]*.36),style:{fontSize:`${h(D[b])}px`,strokeWidth:`${h(3)}px`},children:[Ie(e.service,W-m.length*6.5,D[b]*le),m&&r("tsp\
an",{class:"bad",children:[" ",m]})]}),b==="figures"&&r("text",{class:"figures",x:w,y:$+l/2+h(13),style:{fontSize:`${h(Ae)}px`},children:[f," · ",r("tspan",{class:K?
"bad":void 0,children:d.share(c)}),k&&g]}),x&&C>0&&r("g",{class:`tone ${s}`,transform:`translate(${u-C-h(5)} ${T-C/2})`,children:r("svg",{width:C,height:C,viewBox:"\
0 0 12 12",children:r(fe,{tone:s})})})]})}function tt(e,o,t){let n=Math.min(10,t/2),s=Math.min(5,t/6),a=Math.min(6,t/4);if(e==="database")return`M0 ${s}a${o/2} ${s}\
 0 0 1 ${o} 0v${t-2*s}a${o/2} ${s} 0 0 1 ${-o} 0zM0 ${s}a${o/2} ${s} 0 0 0 ${o} 0`;if(e==="queue")return`M${n} 0h${o-2*n}a${n} ${t/2} 0 0 1 0 ${t}h${2*n-o}a${n}\
 ${t/2} 0 0 1 0 ${-t}zM${o-n} 0a${n} ${t/2} 0 0 0 0 ${t}`;if(e==="external")return`M${n} 0h${o-2*n}l${n} ${t/2}l${-n} ${t/2}h${2*n-o}l${-n} ${-t/2}z`;let[i,p,d]=[
o-2*a,t-2*a,`a${a} ${a} 0 0 1`];return`M${a} 0h${i}${d} ${a} ${a}v${p}${d} ${-a} ${a}h${-i}${d} ${-a} ${-a}v${-p}${d} ${a} ${-a}z`}var rt=8,U=16;function st({width:e,height:o},t){let n=Math.min(1,t.width/(e+2*U),t.height/(o+2*U));return{x:(e-t.width/n)/2,y:(o-t.height/n)/2,zoom:n}}function ot({
x:e,y:o,zoom:t},{width:n,height:s},a){let i=(p,d)=>(p/d).toFixed(3);return[i(e+a.width/t/2,n),i(o+a.height/t/2,s),t.toFixed(3)].join(",")}function nt(e,{width:o,
height:t},n){let[s,a,i]=e.split(",").map(Number);return![s,a,i].every(Number.isFinite)||i<=0?null:{x:s*o-n.width/i/2,y:a*t-n.height/i/2,zoom:i}}function De({x:e,
y:o,zoom:t},n,s,a,i){let p=Math.min(rt,Math.max(i,t*n));return{x:e+s/t-s/p,y:o+a/t-a/p,zoom:p}}function Fe(e,o,t){let n=(s,a,i,p)=>s<i?s-i-U:s+a>i+p?s+a-i-p+U:0;
return{...e,x:e.x+n(t.x,t.width,e.x,o.width/e.zoom),y:e.y+n(t.y,t.height,e.y,o.height/e.zoom)}}function _e(e,o,t,n){let[s,a]=Re(e,o),[i,p]=I(null),d=st(t,n);return{
view:i?.at===s?i.view:nt(s,t,n)??d,fit:d,setView(l){let h=l?ot(l,t,n):"";p(l&&{at:h,view:l}),a(h)}}}var te=1.25,at=116,Xe=320;function Qe({map:e,slos:o,query:t,set:n}){let s=M().map,a=de(null),i=it(a),p=oe(()=>Ve(e,{width:i.width-2*U,height:i.height-2*U}),[e,i]),
d=Math.min(i.height,Math.max(Xe,p.height+2*U)),{view:u,fit:l,setView:h}=_e(t.at,m=>n({at:m},!0),p,{width:i.width,height:d}),{x:v,y:c,zoom:f}=u,[b,x]=I(t.sel||e.
nodes[0].service),N=V(e),z=m=>t.q!==""&&j(t.q,m)!==null,w=lt(e,p,f,m=>t.sel===m.service||z(m.service)?2:ie(m,o)==="crit"?1:0,`${t.sel} ${t.q}`),$=(m,g=i.width/2,k=d/
2)=>h(De(u,m,g,k,l.zoom)),T=m=>{x(m),[...a.current?.querySelectorAll("[data-service]")??[]].find(_=>_.dataset.service===m)?.focus({preventScroll:!0});let k=p.at.
get(m);k&&h(Fe(u,{width:i.width,height:d},{...k,width:p.sizes.width,height:p.sizes.height}))};xe([{keys:"ArrowRight",label:s.walk,group:"map",run:null},{keys:"E\
nter",label:s.details,group:"map",run:null},{keys:"+",label:s.zoomIn,group:"map",run:()=>$(te)},{keys:"-",label:s.zoomOut,group:"map",run:()=>$(1/te)},{keys:"0",
label:s.fit,group:"map",run:()=>h(null)}]);let C=m=>{if(!(m.ctrlKey||m.metaKey||m.altKey)){if(m.key==="Enter"||m.key===" ")n({sel:b,callee:""});else if(m.key===
"Escape"&&t.sel)n({sel:"",callee:""});else if(m.key.startsWith("Arrow")){let g=ze(e,b,m.key);g&&T(g)}else return;m.preventDefault()}},K=m=>{if(m.button!==0||m.target.
closest("[data-service], .map-hit"))return;let g=a.current,[k,_]=[m.clientX,m.clientY],me=ue=>h({x:v-(ue.clientX-k)/f,y:c-(ue.clientY-_)/f,zoom:f});g.setPointerCapture(
m.pointerId),g.addEventListener("pointermove",me),g.addEventListener("pointerup",()=>g.removeEventListener("pointermove",me),{once:!0})},F=m=>{if(!m.ctrlKey&&!m.
metaKey)return;m.preventDefault();let g=a.current.getBoundingClientRect();$(Math.exp(-m.deltaY/300),m.clientX-g.left,m.clientY-g.top)};se(()=>{let m=a.current;return m.
addEventListener("wheel",F,{passive:!1}),()=>m.removeEventListener("wheel",F)});let W=m=>!t.sel||(t.callee?m.parent===t.sel&&m.child===t.callee:m.parent===t.sel||
m.child===t.sel);return r("section",{class:"card map-card",children:[r("svg",{ref:a,class:"map",style:{height:`${d}px`},viewBox:`${v} ${c} ${i.width/f} ${d/f}`,
role:"group","aria-label":s.label(e.nodes.length,e.edges.length),onPointerDown:K,onKeyDown:C,children:[e.edges.map(m=>r(ct,{edge:m,way:p.way(m),zoom:f,seconds:N,
isPale:!W(m),choose:()=>n({sel:m.parent,callee:m.child})},`${m.parent} ${m.child}`)),e.nodes.map(m=>{let g=p.at.get(m.service);return r("g",{class:`map-node k-${m.
kind}${z(m.service)?" found":""}${t.sel===m.service&&!t.callee?" chosen":""}`,transform:`translate(${g.x} ${g.y})`,"data-service":m.service,role:"button",tabIndex:m.
service===b?0:-1,onFocus:()=>x(m.service),onClick:()=>n({sel:m.service,callee:""}),children:r(Ge,{node:m,map:e,sizes:p.sizes,zoom:f,tone:ie(m,o),isNamed:w===null||
w.has(m.service),free:p.width-g.x})},m.service)})]}),r("div",{class:"row sub map-legend",children:[r("span",{class:"spring",children:[s.legendWidth," · ",s.legendRed,
w&&` · ${s.legendSparse}`]}),[["zoom-in",s.zoomIn,()=>$(te)],["zoom-out",s.zoomOut,()=>$(1/te)],["maximize",s.fit,()=>h(null)]].map(([m,g,k])=>r("button",{type:"\
button",class:"btn small icon-only","aria-label":g,title:g,onClick:k,children:r(he,{name:m})},m))]})]})}function it(e){let[o,t]=I({width:1e3,height:600});return se(
()=>{let n=e.current,s=()=>{let i=n.getBoundingClientRect().top+scrollY,[p,d]=[n.clientWidth,Math.max(Xe,Math.floor(innerHeight-i-at))];t(u=>u.width===p&&u.height===
d?u:{width:p,height:d})};s();let a=new ResizeObserver(s);return a.observe(n),addEventListener("resize",s),()=>{a.disconnect(),removeEventListener("resize",s)}},
[]),o}function lt(e,o,t,n,s){return oe(()=>{let a=ee(o.sizes.height*t);if(a!=="sparse")return null;let i=e.nodes.map(p=>({node:p,matters:n(p),share:R(P(e,p)),calls:P(
e,p).calls}));return i.sort((p,d)=>d.matters-p.matters||d.share-p.share||d.calls-p.calls),Ue(i.map(({node:p})=>p),o,D[a]/t)},[e,o,t,s])}function ct({edge:e,way:o,
zoom:t,seconds:n,isPale:s,choose:a}){let i=E(),p=Ne(e.calls/n)/t,d=R(e);return r("g",{class:`map-line${s?" pale":""}`,children:[r("path",{d:o,style:{strokeWidth:`${p}\
px`}}),d>0&&r("path",{class:"bad",d:o,style:{strokeWidth:`${Math.max(1.5/t,p*d)}px`}}),r("path",{class:"map-hit",d:o,onClick:a,children:r("title",{children:`${e.
parent} → ${e.child}: ${i.rate(e.calls/n)}, ${i.share(d)}${e.p95Us?`, p95 ${i.duration(e.p95Us)}`:""}`})})]})}function Be({map:e,slos:o,query:t,set:n}){let s=M().map,a=e.nodes.find(u=>u.service===t.sel),i=e.edges.find(u=>u.parent===t.sel&&u.child===t.callee),p=()=>n({sel:"",
callee:""});if(!a||t.callee&&!i)return null;let d={t:t.t,from:t.from,to:t.to};return r("aside",{class:"card map-panel","aria-label":s.details,onKeyDown:u=>u.key===
"Escape"&&p(),children:[r(Oe,{title:i?`${i.parent} → ${i.child}`:r(G,{name:a.service,color:a.color}),label:s.close,onClose:p,children:!i&&r("span",{class:"sub",
children:s.kinds[a.kind]})}),i?r(y,{children:[r(ce,{title:s.lines,edges:[i],map:e,query:t,name:u=>u.child}),r("a",{class:"btn",href:S("traces",{},{q:B(i),...d}),
children:s.through})]}):r(y,{children:[r("div",{class:"row tight",children:[r("a",{class:"btn small",href:S("traces",{},{q:`service=${O(a.service)}`,...d}),children:s.
traces}),r("button",{type:"button",class:"btn small",onClick:()=>n({focus:a.service,at:""}),children:s.focusHere})]}),a.calls!==void 0&&r(mt,{service:a.service,
map:e}),r("h3",{children:s.slos}),r(pt,{slos:H(a.service,o)}),r(ce,{title:s.callers,edges:e.edges.filter(u=>u.child===a.service),map:e,query:t,name:u=>u.parent}),
r(ce,{title:s.called,edges:e.edges.filter(u=>u.parent===a.service),map:e,query:t,name:u=>u.child})]})]})}function pt({slos:e}){let o=M();return e.length===0?r("\
p",{class:"sub",children:o.map.noSlos}):r("ul",{class:"map-slos",children:e.map(t=>r("li",{class:"row tight",children:[r(Y,{tone:A[L(t)],children:o.status[L(t)]}),
r("a",{class:"link",href:S("slo",{name:t.name}),children:Me(t)}),r("span",{class:"sub",children:E().budget(t.budget)})]},`${t.name} ${t.objective}`))})}function ce({
title:e,edges:o,map:t,query:n,name:s}){let a=M().map,i=E(),p=V(t);if(o.length===0)return null;let d=[...o].sort((u,l)=>l.calls-u.calls);return r("table",{"aria-\
label":e,class:"map-lines",children:[r("thead",{children:r("tr",{children:[r("th",{scope:"col",children:e}),r("th",{scope:"col",class:"num",children:a.rate}),r(
"th",{scope:"col",class:"num",children:a.errors}),r("th",{scope:"col",class:"num",children:a.slow})]})}),r("tbody",{children:d.map(u=>r("tr",{children:[r("td",{
children:r("a",{class:"link",href:S("traces",{},{q:B(u),t:n.t,from:n.from,to:n.to}),title:a.throughEdge(u.parent,u.child),"aria-label":a.throughEdge(u.parent,u.
child),children:s(u)})}),r("td",{class:"num",children:i.rate(u.calls/p)}),r("td",{class:"num",children:i.share(R(u))}),r("td",{class:"num",children:u.p95Us?i.duration(
u.p95Us):""})]},s(u)))})]})}function mt({service:e,map:o}){let t=M().map,n=E(),{from:s,to:a}=o,i=Q(X("/aggregate",{q:`service=${O(e)} kind=(server,consumer)`,by:"\
time",histogram:"duration",from:s,to:a}),{keep:!0}).data;if(!i)return r("div",{class:"map-red","aria-busy":"true"});let p=[...i.items].sort((l,h)=>String(l.key[0]).
localeCompare(String(h.key[0]))),d=Math.max(1,(i.stepUs??1e6)/1e6),u=[[t.rate,p.map(l=>l.spans/d),n.rate],[t.errors,p.map(l=>l.errors/Math.max(1,l.spans)),n.share],
[t.slow,p.map(l=>l.p90Us??0),n.duration]];return r("div",{class:"map-red",children:u.map(([l,h,v])=>r(ut,{label:l,values:h,last:h.length>0?v(Math.max(...h)):""},
l))})}function ut({label:e,values:o,last:t}){let n=Math.max(...o,1e-9),s=o.map((a,i)=>`${i*100/Math.max(1,o.length-1)},${27-a/n*24}`).join(" ");return r("div",{
children:[r("span",{class:"sub",children:[e," ≤ ",t]}),r("svg",{viewBox:"0 0 100 28",preserveAspectRatio:"none","aria-hidden":"true",children:r("polyline",{points:s})})]})}function He({map:e,slos:o,query:t}){let n=M(),s=n.map,a=E(),i=V(e),p={t:t.t,from:t.from,to:t.to},d=c=>j(t.q,c)!==null,u=c=>c?a.duration(c):"",l=new Map(e.nodes.
map(c=>[c.service,c.color])),h=c=>S("traces",{},{q:B(c),...p}),v=c=>S("traces",{},{q:`service=${O(c.service)}`,...p});return r(y,{children:[r("section",{class:"\
card flush",children:[r("div",{class:"card-head",children:r("h2",{children:s.lines})}),r(ne,{label:s.lines,rows:e.edges.filter(c=>d(`${c.parent} ${c.child}`)).sort(
(c,f)=>f.calls-c.calls),rowKey:c=>`${c.parent} ${c.child}`,rowHref:h,columns:[{key:"from",head:s.from,cell:c=>r("a",{href:h(c),"aria-label":s.throughEdge(c.parent,
c.child),children:r(G,{name:c.parent,color:l.get(c.parent)})})},{key:"to",head:s.to,cell:c=>r(G,{name:c.child,color:l.get(c.child)})},{key:"rate",head:s.rate,num:!0,
cell:c=>a.rate(c.calls/i)},{key:"errors",head:s.errors,num:!0,cell:c=>a.share(R(c))},{key:"p50",head:s.p50,num:!0,wideOnly:!0,cell:c=>u(c.p50Us)},{key:"p95",head:s.
slow,num:!0,wideOnly:!0,cell:c=>u(c.p95Us)},{key:"p99",head:s.p99,num:!0,wideOnly:!0,cell:c=>u(c.p99Us)}]})]}),r("section",{class:"card flush",children:[r("div",
{class:"card-head",children:r("h2",{children:s.services})}),r(ne,{label:s.services,rows:e.nodes.filter(c=>d(c.service)).sort((c,f)=>P(e,f).calls-P(e,c).calls),rowKey:c=>c.
service,rowHref:v,columns:[{key:"name",head:s.services,cell:c=>r("a",{href:v(c),children:r(G,{name:c.service,color:c.color})})},{key:"kind",head:s.kind,wideOnly:!0,
class:"sub",cell:c=>s.kinds[c.kind]},{key:"rate",head:s.rate,num:!0,cell:c=>a.rate(P(e,c).calls/i)},{key:"errors",head:s.errors,num:!0,cell:c=>a.share(R(P(e,c)))},
{key:"p95",head:s.slow,num:!0,wideOnly:!0,cell:c=>u(c.p95Us)},{key:"status",head:s.status,cell:c=>{let f=H(c.service,o)[0];return f&&r(Y,{tone:A[L(f)],children:n.
status[L(f)]})}}]})]})]})}var dt=60,ht=300,pe="24h",ft=5e3,Ke=matchMedia("(max-width: 900px)");function Pr({query:e}){let o=M().map;Ee(o.title);let t=(l,h=!1)=>ye(S("map",{},{...e,...l}),
{replace:h}),n=e.from!=="",s=X("/map",{...Se(e),histogram:"duration",services:e.all?ht:dt,focus:e.focus,hops:e.focus?e.hops:void 0,min:e.min==="0"?void 0:e.min}),
a=Q(s,{topic:"traces",keep:!0,follow:!1});re(()=>{if(!a.outdated||n)return;let l=setTimeout(()=>!document.hidden&&a.retry(),ft);return()=>clearTimeout(l)},[a.outdated,
a.data,n]);let i=Q(X("/slos"),{topic:"slos"}).data?.items??[],[p,d]=I([]);re(()=>{a.data&&!e.focus&&d(a.data.nodes.map(l=>l.service))},[a.data]);let u=Ke.matches?
"table":e.view;return r(y,{children:[a.problem&&r(ve,{resource:a,what:o.title}),r(be,{gaps:a.data?.partial}),r("div",{class:"row",children:[r(Pe,{label:o.find,text:e.
q,onText:l=>t({q:l},!0)}),r("label",{class:"row tight sub map-focus",children:[o.focus,r("select",{class:"input",value:e.focus,onChange:l=>t({focus:l.currentTarget.
value,sel:"",callee:"",at:""}),children:[r("option",{value:"",children:o.everything}),[...new Set([...p,e.focus])].filter(Boolean).map(l=>r("option",{children:l},
l))]})]}),e.focus&&r("div",{class:"row tight sub",children:[o.hops,r(Z,{label:o.hops,values:["1","2","3"],now:e.hops,text:l=>l,choose:l=>t({hops:l})})]}),r("div",
{class:"row tight sub",children:[o.min,r(Z,{label:o.min,values:["0","1","5","20"],now:e.min,text:l=>o.minOf(l),choose:l=>t({min:l})})]}),!Ke.matches&&r(Z,{label:o.
view,values:["graph","table"],now:e.view,text:l=>o[l],choose:l=>t({view:l})}),r("span",{class:"spring"}),r(ke,{range:e,onChange:l=>t(l)})]}),r(we,{resource:a,what:o.
title,rows:12,card:!0,children:l=>r(y,{children:[l.nodes.length===0?r("section",{class:"card",children:r(ge,{title:o.emptyTitle,children:[r("p",{children:e.focus?
o.noFocus(e.focus):o.emptyText}),r("div",{class:"row tight",children:[e.focus&&r("button",{type:"button",class:"btn",onClick:()=>t({focus:""}),children:o.everything}),
e.t!==pe&&r("button",{type:"button",class:"btn",onClick:()=>t({t:pe,from:"",to:""}),children:ae({t:pe,from:"",to:""})}),r("a",{class:"btn",href:S("traces",{}),children:M().
nav.traces})]})]})}):r("div",{class:u==="table"?"grid map-tables":e.sel?"map-split":"grid",children:[u==="graph"?r(Qe,{map:l,slos:i,query:e,set:t}):r(He,{map:l,
slos:i,query:e}),e.sel&&u==="graph"&&r(Be,{map:l,slos:i,query:e,set:t})]}),r("div",{class:"row sub",children:[(l.left.services>0||e.all)&&r(y,{children:[l.left.
services>0&&r("span",{children:o.folded(l.left.services)}),r("button",{type:"button",class:"btn small",onClick:()=>t({all:!e.all,at:""}),children:e.all?o.fold:o.
unfold})]}),l.left.edges>0&&r("span",{children:o.weak(l.left.edges)}),r("span",{children:o.over(ae(e))})]})]})})]})}export{Pr as MapPage};
