import{$b as W,Db as N,Hb as U,I as x,Ib as B,J as X,a as $,c as _,d as D,f as H,g as I,h as T,vb as V,yb as z}from"./chunk.js";function Y(n,r){let{start:t,duration:a,depth:l}=n,c=Math.max(0,r),f=r<0?n.count:r+n.size[r],i=Int32Array.from({length:f-c},(o,u)=>c+u).sort((o,u)=>l[o]-l[u]||t[o]-
t[u]),s=new Int32Array(n.count).fill(-1),y=0,h=[],w=-1;for(let o of i){l[o]!==w&&(y+=h.length,h=[],w=l[o]);let u=h.findIndex(v=>v<=t[o]);u<0&&(u=Math.min(h.length,
31)),h[u]=Math.max(h[u]??0,t[o]+a[o]),s[o]=y+u}let m=y+h.length,g=i.sort((o,u)=>s[o]-s[u]||t[o]-t[u]),d=new Int32Array(m+1);for(let o of g)d[s[o]+1]++;for(let o=0;o<
m;o++)d[o+1]+=d[o];return{count:m,lane:s,rows:g,from:d}}function q({rows:n,from:r},t,a,l,c){let f=-1;for(let i=r[a];i<r[a+1];i++){let s=n[i];if(t.start[s]-c>l)break;
t.start[s]+t.duration[s]+c>=l&&(f=s)}return f}var M=18,E=20,Q=34,j=.25;function ue(n){let{model:r,selected:t,root:a,view:l,flags:c,onlyCritical:f,onSelect:i,onRoot:s,onView:y,onOpen:h}=n,w=x().trace,m=X(),g=H(
null),d=H(null),o=I(()=>Y(r,a),[r,a]),[u,v]=_(-1),[p,L]=_({width:0,height:0}),P=W.value,C=I(()=>g.current?z(g.current):null,[P,p.width>0]);D(()=>{let e=g.current,
b=new ResizeObserver(()=>L({width:e.clientWidth,height:e.clientHeight}));return b.observe(e),()=>b.disconnect()},[]);let O=e=>`${r.services[r.service[e]]?.name||
w.unknownService} ${r.names[r.name[e]]||w.unnamed}`;D(()=>{let e=g.current;if(!e||!C||p.width===0)return;let b=0,A=()=>{b=0;let K=V(d.current,p.width,p.height);
K&&ee(K,C,{model:r,lanes:o,view:l,flags:c,onlyCritical:f,selected:t,width:p.width,height:p.height,scrollTop:e.scrollTop,nameOf:O})},R=()=>b||=requestAnimationFrame(
A);return A(),e.addEventListener("scroll",R,{passive:!0}),()=>{e.removeEventListener("scroll",R),cancelAnimationFrame(b)}},[r,o,l,c,f,t,p,C]),D(()=>{let e=g.current;
if(!e||t<0||o.lane[t]<0)return;let b=o.lane[t]*M;(b<e.scrollTop||b+M+E>e.scrollTop+e.clientHeight)&&(e.scrollTop=Math.max(0,b-e.clientHeight/2))},[t,o]);let k=e=>{
let b=d.current.getBoundingClientRect(),A=Math.floor((e.clientY-b.top-E+g.current.scrollTop)/M),R=(l.to-l.from)/p.width;return e.clientY-b.top<E||A<0||A>=o.count?
-1:q(o,r,A,l.from+(e.clientX-b.left)*R,R*2)},J=e=>{if(e.ctrlKey||e.metaKey||e.altKey||e.shiftKey)return;let b={ArrowUp:()=>t===a?t:r.parent[t],ArrowDown:()=>r.size[t]>
1?t+1:t,ArrowLeft:()=>G(o,t,-1),ArrowRight:()=>G(o,t,1),Home:()=>Math.max(0,a)};if(e.key==="Enter"&&t>=0)h();else if(e.key==="Escape")i(-1);else if(b[e.key]){let A=t<
0?Math.max(0,a):b[e.key]();A>=0&&i(A)}else return;e.preventDefault(),e.stopPropagation()},S=u>=0?u:t,F=S<0?w.flameHint:`${O(S)}, ${m.duration(r.duration[S])}, ${w.
startsAt(m.offset(r.start[S]))}${r.isError[S]?`, ${w.errorStatus(r.statuses[S])}`:""}`;return T($,{children:[T("div",{ref:g,class:"flame",role:"application","ar\
ia-label":w.flame(n.title),tabIndex:0,onKeyDown:J,onPointerMove:e=>v(k(e)),onPointerLeave:()=>v(-1),onClick:e=>i(k(e)),onDblClick:e=>k(e)>=0&&s(k(e)),onWheel:e=>{
!e.ctrlKey&&!e.metaKey||(e.preventDefault(),y(N(l,e.deltaY<0?.6:1/.6,e.offsetX/p.width,r.durationUs)))},children:[T("canvas",{ref:d,"aria-hidden":"true"}),T("di\
v",{style:{height:`${Math.max(0,o.count*M+E-p.height)}px`}})]}),T("p",{class:"sub clip flame-words",children:F}),T("span",{class:"sr",role:"status",children:t>=
0?F:""})]})}function G({lane:n,rows:r,from:t},a,l){let[c,f]=[t[n[a]],t[n[a]+1]],i=r.subarray(c,f).indexOf(a)+l;return i<0||i>=f-c?a:r[c+i]}function ee(n,r,t){let{
model:a,lanes:l,view:c,width:f,height:i,scrollTop:s}=t,y=f/(c.to-c.from);n.clearRect(0,0,f,i),n.font=`11px ${r.font}`,n.textBaseline="middle",n.textAlign="left";
let h=Math.max(0,Math.floor(s/M)),w=Math.min(l.count,Math.ceil((s+i)/M));for(let d=h;d<w;d++){let o=E+d*M-s,u=-1;for(let v=l.from[d];v<l.from[d+1];v++){let p=l.
rows[v],L=(a.start[p]-c.from)*y;if(L>f)break;let P=L+a.duration[p]*y;P<0||P<=u&&!a.isError[p]&&!t.flags?.[p]&&p!==t.selected||(te(n,r,t,p,Math.max(0,L),Math.min(
f,Math.max(P,L+1)),o),u=Math.max(u,Math.max(P,L+1)))}}n.globalAlpha=1,n.fillStyle=r.surface,n.fillRect(0,0,f,E);let m=U(c,Math.max(2,Math.floor(f/110))),g=m.length>
1?m[1]-m[0]:a.durationUs;for(let d of m){let o=Math.round((d-c.from)*y);n.fillStyle=r.border,n.fillRect(o,0,1,E),n.fillStyle=r.muted,o<f-50&&n.fillText(B(d,g,c.
to),o+4,E/2)}}function te(n,r,{model:t,flags:a,onlyCritical:l,selected:c,nameOf:f},i,s,y,h){let w=a!==null&&!a[i]||l&&!t.isCritical[i],m=y-s;n.globalAlpha=w?j:1,
n.fillStyle=r.hues[t.services[t.service[i]]?.hue??0],n.fillRect(s,h,Math.max(1,m-(m>3?1:0)),M-2),t.isError[i]&&(n.fillStyle=r.crit,n.fillRect(s,h,Math.min(4,m),
M-2),n.fillRect(s,h+M-4,m,2)),i===c&&(n.strokeStyle=r.text,n.lineWidth=2,n.strokeRect(s+1,h+1,Math.max(2,m-3),M-4)),!(m<Q)&&(n.save(),n.beginPath(),n.rect(s,h,m-
4,M),n.clip(),n.fillStyle=r.onHues[t.services[t.service[i]]?.hue??0],n.fillText(f(i),s+(t.isError[i]?7:4),h+M/2-.5),n.restore())}export{ue as TraceFlame};
