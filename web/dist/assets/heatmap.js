import{$b as ht,I as Z,J as F,c as k,d as J,f as I,gc as V,h as c,jc as ft,o as D,p as Q,q as A,r as j,s as lt,t as at,vb as ct,w as it,wb as mt,x as ut,xb as q}from"./chunk.js";var w=52,Rt=6,bt=20,Dt=8,dt=.22,Ut=7,pt=2.5,Mt={sunk:"--sunk",cold:"--s1",failLight:"--s2",failHeavy:"--s3",crit:"--crit-fill",text:"--text",muted:"--muted",border:"\
--border",surface:"--surface",accent:"--accent"},W=class{constructor(t,e,n,l){this.grid=t;this.width=e;this.height=n;this.stripPx=l;this.right=e-Rt,this.top=l>0?
l+Dt:6,this.bottom=n-bt;let{rows:i}=t;this.lowLog=Math.log(Math.max(.5,i[0]?.fromUs??1)),this.highLog=Math.log((i[i.length-1]?.toUs??1)+1)}grid;width;height;stripPx;right;top;bottom;lowLog;highLog;x(t){
let{fromMs:e,toMs:n}=this.grid;return w+Math.min(1,Math.max(0,(t-e)/(n-e)))*(this.right-w)}y(t){let e=(Math.log(Math.max(.5,t))-this.lowLog)/(this.highLog-this.
lowLog);return this.bottom-e*(this.bottom-this.top)}ms(t){let{fromMs:e,toMs:n}=this.grid;return e+Math.min(1,Math.max(0,(t-w)/(this.right-w)))*(n-e)}us(t){let e=Math.
min(1,Math.max(0,(this.bottom-t)/(this.bottom-this.top)));return Math.exp(this.lowLog+e*(this.highLog-this.lowLog))}column(t){return Math.min(this.grid.columns-
1,Math.max(0,Math.floor((this.ms(t)-D(this.grid,0))/this.grid.stepMs)))}row(t){let e=this.us(t),n=this.grid.rows.findIndex(({toUs:l})=>e<l+1);return n<0?this.grid.
rows.length-1:n}left(t){return this.x(D(this.grid,t))}};function yt(o,t){let{scale:e,colours:n}=t;o.clearRect(0,0,e.width,e.height),o.font=`11px ${t.font}`,Et(o,
t),e.stripPx>0&&Lt(o,e,n),t.dots?At(o,e,n,t.dots):kt(o,e,n)}function Et(o,{scale:t,colours:e,tick:n,offsetMs:l,duration:i}){let{grid:u,right:r,bottom:h,top:b}=t,
{stepMs:m,at:d}=it(u.fromMs,u.toMs,Math.max(2,Math.floor((r-w)/96)),l(u.toMs));o.textBaseline="middle",o.textAlign="center";for(let P of d){let v=Math.round(t.x(
P));o.fillStyle=e.border,o.fillRect(v,0,1,h);let x=n(P,m),M=o.measureText(x).width/2;o.fillStyle=e.muted,o.fillText(x,Math.min(t.width-M,Math.max(M,v)),h+bt/2+2)}
let{rows:f}=u;if(f.length!==0){o.textAlign="right";for(let P of ut(f[0].fromUs,f[f.length-1].toUs,Math.floor((h-b)/26))){let v=Math.round(t.y(P));o.fillStyle=e.
border,o.fillRect(w,v,r-w,1),o.fillStyle=e.muted,o.fillText(i(P),w-6,Math.min(h-5,Math.max(b+5,v)))}}}function Lt(o,t,e){let{grid:n,stripPx:l}=t,i=n.allSpans.reduce(
(r,h)=>Math.max(r,h),1),u=r=>r===0?0:Math.max(1.5,Math.sqrt(r/i)*l);for(let r=0;r<n.columns;r++){let h=t.left(r),b=Math.max(1,t.left(r+1)-h-1);for(let[m,d]of[[n.
allSpans[r],q(e.surface,e.muted,.45)],[n.allErrors[r],e.crit]])o.fillStyle=d,o.fillRect(h,l-u(m),b,u(m))}o.fillStyle=e.border,o.fillRect(w,l,t.right-w,1)}function kt(o,t,e){
let{grid:n}=t,l=n.rows.length,i=Math.log1p(n.spans.reduce((r,h)=>Math.max(r,h),1)),u=r=>dt+(1-dt)*(Math.log1p(r)/i);for(let r=0;r<n.columns;r++){let h=t.left(r),
b=Math.max(1,t.left(r+1)-h-.5);for(let m=0;m<l;m++){let d=n.spans[r*l+m];if(d===0)continue;let f=n.errors[r*l+m],P=t.y(n.rows[m].fromUs),v=t.y(n.rows[m].toUs+1),
x=Math.max(1,P-v-.5);if(o.fillStyle=q(e.sunk,e.cold,u(d)),o.fillRect(h,v,b,x),f===0)continue;let M=Math.max(Math.min(3,b),b*f/d);o.fillStyle=q(e.failLight,e.failHeavy,
Math.log1p(f)/i),o.fillRect(h,v,M,x),Math.min(M,x)>=Ut&&gt(o,h+M/2,v+x/2,2,e.surface)}}}function At(o,t,e,n){for(let l of[0,1])for(let i=0;i<n.startMs.length;i++){
if(+(n.error[i]>0)!==l)continue;let u=t.x(n.startMs[i]),r=t.y(n.durationUs[i]);if(l){gt(o,u,r,pt+.5,e.crit);continue}o.fillStyle=e.cold,o.globalAlpha=.65,o.beginPath(),
o.arc(u,r,pt,0,2*Math.PI),o.fill(),o.globalAlpha=1}}function gt(o,t,e,n,l){o.strokeStyle=l,o.lineWidth=1.6,o.beginPath(),o.moveTo(t-n,e-n),o.lineTo(t+n,e+n),o.moveTo(
t-n,e+n),o.lineTo(t+n,e-n),o.stroke()}var Ot=4,_t=8;function jt({label:o,grid:t,dots:e=null,box:n,onBox:l,onZoom:i,onDot:u,threshold:r,height:h=220,stripPx:b=36,dimmed:m}){let d=Z().chart,f=F(),P=I(
null),v=I(null),x=ft(P),[M,Y]=k(null),[T,U]=k(null),[wt,O]=k(""),[tt,ot]=k(""),[vt,nt]=k(!1),_=I(null),E=I(null),Ct=ht.value,C=new W(t,x,h,b),$=t.rows.length>0;
J(()=>{if(x===0)return;let a=ct(v.current,x,h),s=P.current;a&&yt(a,{scale:C,dots:e,colours:mt(s,Mt),font:getComputedStyle(s).fontFamily,tick:f.tick,offsetMs:f.offsetMs,
duration:f.duration})},[t,e,x,h,Ct,f]),J(()=>Y(null),[t]);let z=a=>{let{fromMs:s,toMs:p,fromUs:y,toUs:g}=A(t,a),{spans:H,errors:S}=j(t,a);return d.cell(f.time(s,
t.toMs),f.time(p,t.toMs),f.duration(y),f.duration(g+1),H,f.count(H),f.count(S))},Pt=a=>d.column(f.time(D(t,a),t.toMs),f.time(D(t,a+1),t.toMs),t.allSpans[a],f.count(
t.allSpans[a]),f.count(t.allErrors[a])),K=a=>{let s=v.current.getBoundingClientRect();return{x:a.clientX-s.left,y:a.clientY-s.top}},et=(a,s)=>{let p=-1,y=_t;return e?.
startMs.forEach((g,H)=>{let S=Math.hypot(C.x(g)-a,C.y(e.durationUs[H])-s);S<y&&([p,y]=[H,S])}),p},X=(a,s,p)=>{let[y,g]=[C.column(a.x),C.column(s.x)].sort((R,B)=>R-
B),[H,S]=p?[0,Math.max(0,t.rows.length-1)]:[C.row(a.y),C.row(s.y)].sort((R,B)=>R-B);return{c0:y,c1:g,r0:H,r1:S}},G=a=>b>0&&a<b;function St(a){let s=K(a),p=_.current;
if(p){p.moved||=Math.hypot(s.x-p.x,s.y-p.y)>=Ot,p.moved&&U({cells:X(p,s,G(p.y)),isTime:G(p.y)});return}if(V.value=s.x<w?null:C.ms(s.x),s.x<w)return O("");if(G(s.
y)||!$)return O(Pt(C.column(s.x)));let y=et(s.x,s.y);y>=0&&e?O(d.dot(f.time(e.startMs[y],t.toMs),f.duration(e.durationUs[y]),e.error[y]>0)):O(z(X(s,s,!1)))}function Tt(a){
let s=_.current;if(_.current=null,U(null),!s)return;let p=K(a);if(G(s.y)){if(!s.moved||!i)return;let{c0:H,c1:S}=X(s,p,!0);i(Math.max(t.fromMs,D(t,H)),Math.min(t.
toMs,D(t,S+1)));return}if(!$)return;let y=X(s,p,!1),g=s.moved?-1:et(p.x,p.y);g>=0&&u?u(g):s.moved||!n&&j(t,y).spans>0?l(A(t,y)):l(null)}function Ht(a){if(a.ctrlKey||
a.metaKey||a.altKey||!$)return;let s=M??It(t,n),{columns:p,rows:y}=t,g=(R,B)=>{let L={c:Math.min(p-1,Math.max(0,R)),r:Math.min(y.length-1,Math.max(0,B))};a.shiftKey?
E.current??=s:E.current=null;let N=E.current??L,st={c0:Math.min(N.c,L.c),c1:Math.max(N.c,L.c),r0:Math.min(N.r,L.r),r1:Math.max(N.r,L.r)};Y(L),U(E.current?{cells:st,
isTime:!1}:null),ot(z(st))},S={ArrowLeft:()=>g(s.c-(M?1:0),s.r),ArrowRight:()=>g(s.c+(M?1:0),s.r),ArrowUp:()=>g(s.c,s.r+(M?1:0)),ArrowDown:()=>g(s.c,s.r-(M?1:0)),
Home:()=>g(0,s.r),End:()=>g(p-1,s.r),PageUp:()=>g(s.c,y.length-1),PageDown:()=>g(s.c,0),Enter:()=>{l(A(t,T?.cells??{c0:s.c,c1:s.c,r0:s.r,r1:s.r})),E.current=null,
U(null)},Escape:()=>{E.current=null,T?U(null):l(null)},z:()=>{let R=T?A(t,T.cells):n;R&&i?.(R.fromMs,R.toMs)}}[a.key];!S||a.key==="Escape"&&!T&&!n||(a.preventDefault(),
a.stopPropagation(),S())}let rt=T?.cells??Q(t,n);return c("div",{class:`heat${m?" dimmed":""}`,children:[c("div",{ref:P,class:"heat-stage",style:{height:`${h}px`},
role:"application","aria-label":o,"aria-roledescription":d.heatmap,"aria-describedby":"heat-keys",tabIndex:0,onKeyDown:Ht,onFocus:a=>nt(a.currentTarget.matches(
":focus-visible")),onBlur:()=>{nt(!1),Y(null),ot("")},onPointerDown:a=>{a.button!==0||K(a).x<w||(_.current={...K(a),moved:!1},a.currentTarget.setPointerCapture(
a.pointerId))},onPointerMove:St,onPointerUp:Tt,onPointerCancel:()=>{_.current=null,U(null)},onPointerLeave:()=>{O(""),V.value=null},children:[c("canvas",{ref:v,
"aria-hidden":"true"}),x>0&&c(Bt,{scale:C}),x>0&&rt&&c(xt,{scale:C,cells:rt,class:T?.isTime?"heat-box time":"heat-box",isTime:T?.isTime}),x>0&&M&&c(xt,{scale:C,
cells:{c0:M.c,c1:M.c,r0:M.r,r1:M.r},class:"heat-cursor"}),x>0&&r&&$&&c($t,{scale:C,threshold:r})]}),c("p",{class:"heat-readout sub","aria-hidden":"true",children:T?
z(T.cells):wt||tt||(vt?d.keys:i&&b>0?d.hintZoom:d.hint)}),c("span",{class:"sr",id:"heat-keys",children:d.keys}),c("span",{class:"sr",role:"status",children:tt})]})}
function Bt({scale:o}){let t=V.value;return t===null||t<o.grid.fromMs||t>o.grid.toMs?null:c("i",{class:"heat-cross",style:{left:`${o.x(t)}px`,height:`${o.bottom}\
px`}})}function It(o,t){let e=Q(o,t);if(e)return{c:e.c0,r:e.r1};let n=o.rows.length,l=Math.max(0,o.allSpans.findLastIndex(u=>u>0)),i=0;for(let u=0;u<n;u++)o.spans[l*
n+u]>o.spans[l*n+i]&&(i=u);return{c:l,r:i}}function xt({scale:o,cells:t,class:e,isTime:n}){let{rows:l}=o.grid,i=o.left(t.c0),u=n||l.length===0?0:o.y(l[t.r1].toUs+
1),r=n||l.length===0?o.bottom:o.y(l[t.r0].fromUs);return c("i",{class:e,style:{left:`${i}px`,width:`${o.left(t.c1+1)-i}px`,top:`${u}px`,height:`${r-u}px`}})}function $t({
scale:o,threshold:t}){let e=F(),{rows:n}=o.grid,{us:l,label:i,onMove:u}=t,r={top:`${o.y(l)}px`,left:`${w}px`,width:`${o.right-w}px`},h=`${i} ${e.duration(l)}`;if(!u)
return c("div",{class:"heat-threshold",style:r,children:c("b",{children:h})});let b=m=>{let d=Math.max(0,n.findIndex(f=>l<=f.toUs));u(n[Math.min(n.length-1,Math.
max(0,d+m))].toUs+1)};return c("div",{class:"heat-threshold movable",style:r,role:"slider",tabIndex:0,"aria-orientation":"vertical","aria-label":i,"aria-valuemi\
n":Math.round(n[0].fromUs/1e3),"aria-valuemax":Math.round((n[n.length-1].toUs+1)/1e3),"aria-valuenow":Math.round(l/1e3),"aria-valuetext":e.duration(l),onKeyDown:m=>{
let d={ArrowUp:1,ArrowRight:1,ArrowDown:-1,ArrowLeft:-1}[m.key];d&&(m.preventDefault(),m.stopPropagation(),b(d))},onPointerDown:m=>{m.stopPropagation(),m.currentTarget.
setPointerCapture(m.pointerId)},onPointerMove:m=>{if(m.stopPropagation(),!m.currentTarget.hasPointerCapture(m.pointerId))return;let d=m.currentTarget.parentElement.
getBoundingClientRect().top;u(Math.max(1,Math.round(o.us(m.clientY-d))))},onPointerUp:m=>m.stopPropagation(),children:c("b",{children:h})})}function Zt({grid:o,
label:t,onBox:e}){let n=Z().chart,l=F(),i=Array.from({length:o.columns},(r,h)=>o.columns-1-h).filter(r=>o.allSpans[r]>0),u=(r,h)=>{let b=at(o,r,h);return b===null?
"–":l.duration(b)};return c("div",{class:"heat-table",tabIndex:0,role:"region","aria-label":t,children:c("table",{children:[c("thead",{children:c("tr",{children:[
c("th",{scope:"col",children:n.time}),[n.spans,n.errors,n.median,n.p99].map(r=>c("th",{scope:"col",class:"num",children:r},r))]})}),c("tbody",{children:i.map(r=>c(
"tr",{children:[c("td",{children:c("button",{type:"button",class:"btn small quiet",disabled:o.rows.length===0,onClick:()=>e(A(o,{...lt(o),c0:r,c1:r})),children:l.
time(Math.max(o.fromMs,D(o,r)),o.toMs)})}),c("td",{class:"num",children:l.count(o.allSpans[r])}),c("td",{class:"num",children:l.count(o.allErrors[r])}),c("td",{
class:"num",children:u(r,.5)}),c("td",{class:"num",children:u(r,.99)})]},r))})]})})}export{Zt as HeatTable,jt as Heatmap};
