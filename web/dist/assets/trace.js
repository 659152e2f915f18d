import{$ as lt,$a as ut,$b as vt,A as nt,Ab as se,B as rt,Bb as W,Cb as V,Db as ht,Eb as bt,Fa as Xt,Fb as ne,Gb as et,Hb as re,I as w,Ia as Ht,Ib as ie,J as P,
Ka as Et,La as ct,N as xt,Q as it,Qb as oe,Sb as ae,V as ot,Vb as le,W as O,Wa as Ot,Y as J,Z as at,_ as Vt,a as k,aa as Y,ab as zt,ba as Dt,bb as Wt,c as x,cb as Kt,
d as R,db as mt,ea as Ft,f as I,fb as Gt,fc as ce,g as N,gb as jt,h as n,hb as Z,i as Bt,ic as st,k as Rt,kb as Qt,l as Nt,la as Ct,mb as K,nb as qt,oa as _,ob as Jt,
oc as ue,pb as It,pc as me,qb as Yt,qc as de,rb as dt,sb as Zt,sc as gt,tb as te,tc as pe,ub as pt,uc as D,vb as ft,yb as tt,zb as ee}from"./chunk.js";function Qe(t){let e=/^(\d+(?:\.\d+)?)(us|µs|ms|s|m)?$/.exec(t);if(!e)return null;let s={us:1,µs:1,ms:1e3,s:1e6,m:6e7}[e[2]??"us"]??1;return Number(e[1])*s}function fe(t){
return[...t.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([e])=>({text:e.replace(/^[-!](?=.)/,""),negated:/^[-!]./.test(e)}))}var wt=t=>t.replaceAll('"',""),qe=2;function he(t){
let e=fe(t).flatMap(({text:s})=>{let i=ge(s);return i==="term"?[{word:s,ask:{q:s}}]:i==="text"&&wt(s).length>=qe?[{word:s,ask:{text:wt(s)}}]:[]});return[...new Map(
e.map(s=>[s.word,s])).values()]}var be=/^(duration|self)?(>=|<=|>|<)(.+)$/,ve=/^(service|op|kind|remote|status)=([^~(].*)?$/;function ge(t){return t==="error"||
t==="root"||be.test(t)||ve.test(t)?"column":/^[^<>=!~"]+(=~|!~|!=|>=|<=|=|<|>)./.test(t)?"term":"text"}var Je={">":(t,e)=>t>e,">=":(t,e)=>t>=e,"<":(t,e)=>t<e,"<\
=":(t,e)=>t<=e};function Ye(t,e,s){if(e==="error")return c=>t.isError[c]===1;if(e==="root")return c=>t.parent[c]<0;let i=be.exec(e);if(i){let c=Je[i[2]],u=i[1]===
"self"?t.self:t.duration,p=/^(\d+(?:\.\d+)?)%$/.exec(i[3]),f=p?Number(p[1])/100*t.durationUs:Qe(i[3]);return d=>f!==null&&c(u[d],f)}let r=ve.exec(e);if(r){let c=wt(
r[2]??"").toLowerCase(),u={service:p=>t.services[t.service[p]]?.name??"",op:p=>t.names[t.name[p]]??"",kind:p=>t.kinds[p],remote:p=>t.remotes[p],status:p=>t.statuses[p]}[r[1]];
return p=>u(p).toLowerCase()===c}let l=s.get(e);if(ge(e)==="term")return c=>l?.[c]===1;let o=wt(e).toLowerCase(),a=Uint8Array.from(t.services,c=>Number(c.name.toLowerCase().
includes(o))),m=Uint8Array.from(t.names,c=>Number(c.toLowerCase().includes(o)));return c=>a[t.service[c]]===1||m[t.name[c]]===1||t.statuses[c].toLowerCase().includes(
o)||t.remotes[c].toLowerCase().includes(o)||t.ids[c]===o||l?.[c]===1}function we(t,e,s=new Map){let i=fe(e).map(({text:o,negated:a})=>{let m=Ye(t,o,s);return a?
c=>!m(c):m});if(i.length===0)return null;let r=new Uint8Array(t.count),l=0;for(let o=0;o<t.count;o++)i.every(a=>a(o))&&(r[o]=1,l++);return{flags:r,count:l}}function ye(t,e){
if(e<0||!t.flags[e])return 0;let s=0;for(let i=0;i<=e;i++)s+=t.flags[i];return s}function Me({finding:t,selected:e,q:s,only:i,onOnly:r,onQuery:l,onStep:o,onLeave:a}){let m=w().trace,c=P(),{matches:u,asking:p,problem:f}=t;return n("div",{class:"\
filter find",children:[n(O,{name:"search"}),n("input",{type:"text","data-filter":!0,"aria-label":m.findLabel,placeholder:m.find,autocomplete:"off",spellcheck:!1,
value:s,onInput:d=>l(d.currentTarget.value),onKeyDown:d=>{d.isComposing||(d.key==="Enter"?(d.preventDefault(),o(d.shiftKey?-1:1)):d.key==="Escape"&&(d.preventDefault(),
s?l(""):a()))}}),n("span",{class:"sub nowrap",role:"status",children:f?f.detail??f.title:u&&(u.count===0?p?m.findAsking:m.findNone:m.findCount(c.count(ye(u,e)),
c.count(u.count))+(p?" …":""))}),u&&u.count>0&&n(k,{children:[n("button",{type:"button",class:"btn small","aria-pressed":i,onClick:()=>r(!i),children:m.findOnly}),
n("button",{type:"button",class:"btn small icon-only quiet","aria-label":m.findPrevious,title:m.findPrevious,onClick:()=>o(-1),children:n(O,{name:"chevron-up"})}),
n("button",{type:"button",class:"btn small icon-only quiet","aria-label":m.findNext,title:m.findNext,onClick:()=>o(1),children:n(O,{name:"chevron-down"})})]})]})}var Ze=250,Te=new WeakMap;function Ae(t,e){let s=Te.get(t)??new Map;Te.set(t,s);let[i,r]=x(0),[l,o]=x(null),a=N(()=>he(e).filter(({word:u})=>!s.has(u)),[t,e,i]);
R(()=>{if(a.length===0)return;let u=new AbortController,p=setTimeout(()=>{let f=a.map(async({word:d,ask:h})=>{let{rows:b}=await Wt(t.traceId,h,u.signal),g=new Uint8Array(
t.count);for(let T of b)g[T]=1;s.set(d,g)});Promise.all(f).then(()=>(o(null),r(d=>d+1)),d=>{u.signal.aborted||o({query:e,problem:d instanceof Nt?d.problem:{title:String(
d),status:Bt}})})},Ze);return()=>{clearTimeout(p),u.abort()}},[t,a]);let m=N(()=>we(t,e,s),[t,e,i]),c=l?.query===e?l.problem:null;return{matches:m,asking:a.length>
0&&c===null,problem:c}}function Se({id:t}){let e=w().compare,[s,i]=x(""),[r,l]=x(!1),o=jt.value,a=m=>{m.preventDefault();let c=pe(s);l(!c),c&&ct(_("compare",{a:c,b:t}))};return n(Ot,{
label:e.title,button:n(k,{children:[e.go," ",n("kbd",{class:"hide-s",children:"m"})]}),children:m=>n(k,{children:[n(Pe,{icon:"check",label:o===null?e.mark:o===t?
e.unmark:`${e.withMarked} ${D(o)}`,run:()=>{m(),Z(t)}}),n("form",{class:"menu-form",onSubmit:a,children:[n("label",{class:"field",children:[e.otherId,n("input",
{class:"input mono",value:s,"aria-invalid":r,"aria-describedby":r?"compare-bad":void 0,onInput:c=>i(c.currentTarget.value)})]}),r&&n("p",{id:"compare-bad",class:"\
crit-text",children:e.badId}),n("button",{class:"btn",children:e.go})]})]})})}function ke({id:t}){let e=w(),s=()=>{Kt(t).then(r=>ee(`${t}.json`,"application/jso\
n",r))},i=[["link",e.palette.copyLink,oe],["terminal",e.palette.copyCommand,ae],["download",e.trace.downloadJson,s],["file",e.trace.openFile,mt]];return n(Ot,{label:e.
trace.more,button:n(O,{name:"more"}),buttonClass:"icon-only",iconOnly:!0,children:r=>n(k,{children:[i.map(([l,o,a])=>n(Pe,{icon:l,label:o,run:()=>{r(),a()}},l)),
n("p",{class:"sub menu-note",children:e.trace.openHint})]})})}function Pe({icon:t,label:e,run:s}){return n("button",{type:"button",class:"item",onClick:s,children:[
n(O,{name:t}),e]})}function Re(t,e,s){let{model:i,visible:r,view:l,width:o,height:a}=s,m=o/(l.to-l.from);t.clearRect(0,0,t.canvas.width,t.canvas.height),t.save(),t.translate(s.left,
0),t.fillStyle=e.border;for(let c of s.ticks)t.fillRect(Math.round((c-l.from)*m),0,1,a);t.font=`11px ${e.font}`,t.textBaseline="middle";for(let c=s.first;c<s.end;c++){
let u=r[c],p=c*26-s.scrollTop,f=s.matches!==null&&!s.matches[u]||s.onlyCritical&&!i.isCritical[u];t.globalAlpha=f?.28:1,s.groups&&s.folded[u]?es(t,p,m,e,s,s.groups,
u):ts(t,p,m,e,s,u)}t.restore()}function ts(t,e,s,i,r,l){let{model:o,view:a,width:m}=r,c=(o.start[l]-a.from)*s,u=c+o.duration[l]*s,p=r.labelOf(l),f=o.isError[l]?
o.statuses[l]||"✕":"",d=Math.max(0,Math.min(c,m)),h=Math.min(m+4,Math.max(u,d+(u>=0?2:0)));if(u>=0&&c<=m){let b=o.services[o.service[l]];t.fillStyle=i.hues[b?.
hue??0],t.beginPath(),t.roundRect(d,e+6,Math.max(2,h-d),14,2),t.fill(),b?.isHatched&&ns(t,d,e+6,h-d,14,i.surface),o.isError[l]&&ss(t,d,e+6,Math.max(2,h-d),i),o.
isCritical[l]&&(t.fillStyle=i.text,t.fillRect(Math.max(0,d),e+6+14+1,Math.max(2,Math.min(m,h)-Math.max(0,d)),2))}xe(t,e,{from:-r.left,to:m,left:Math.max(0,d),right:Math.
min(m,h)},i,p,f)}function es(t,e,s,i,r,l,o){let{model:a,view:m,width:c}=r,u=-1,p=0,f="";t.fillStyle=i.hues[a.services[a.service[o]]?.hue??0];for(let h=o;h>=0;h=
l.next[h]){let b=(a.start[h]-m.from)*s,g=Math.min(c,b+Math.max(2,a.duration[h]*s));if(p=Math.max(p,g),a.isError[h]&&(f=a.statuses[h]||"✕"),g<0||b>c||g<=u&&!a.
isError[h])continue;let T=Math.max(0,b,u);t.fillRect(T,e+6,Math.max(1,g-T),14),a.isError[h]&&(t.fillStyle=i.crit,t.fillRect(Math.max(0,b),e+6,3,14),t.fillStyle=
i.hues[a.services[a.service[o]]?.hue??0]),u=g}let d=Math.max(0,(a.start[o]-m.from)*s);xe(t,e,{from:-r.left,to:c,left:d,right:p},i,r.labelOf(o),f)}function ss(t,e,s,i,r){
t.fillStyle=r.crit,t.beginPath(),t.roundRect(e-2,s,Math.min(6,i+2),14,2),t.fill(),t.strokeStyle=r.crit,t.lineWidth=1.5,t.beginPath(),t.roundRect(e-1.5,s-.75,i+2,
14+1.5,3),t.stroke()}function ns(t,e,s,i,r,l){t.save(),t.beginPath(),t.rect(e,s,i,r),t.clip(),t.strokeStyle=l,t.lineWidth=1.5,t.beginPath();for(let o=e-r;o<e+i;o+=
6)t.moveTo(o,s+r),t.lineTo(o+r,s);t.stroke(),t.restore()}function xe(t,e,s,i,r,l){let o=e+6+7+.5;t.textAlign="left";let a=l?t.measureText(`${l} `).width:0,m=a+t.
measureText(r).width,c=s.right+5+(l?1:0);c+m>s.to&&(c=s.left-5-m-(l?2:0)),c<s.from&&(c=Math.max(s.from,s.right-m-5-2),t.fillStyle=i.surface,t.beginPath(),t.roundRect(
c-3,e+6+1,m+6,12,2),t.fill()),l&&(t.fillStyle=i.critText,t.fillText(l,c,o)),t.fillStyle=i.muted,t.fillText(r,c+a,o)}var rs=4e3;function Ce(t,e,s,i,r){t.clearRect(
0,0,e,s);let l=Math.max(1,Math.floor(r.count/rs)),o=s/Math.max(1,r.count),a=Math.max(1,Math.min(4,o*.7)),m=e/r.durationUs;for(let c=0;c<r.count;c+=l)t.fillStyle=
i.hues[r.services[r.service[c]]?.hue??0],t.fillRect(r.start[c]*m,c*o,Math.max(1.5,r.duration[c]*m),a);t.fillStyle=i.crit;for(let c=0;c<r.count;c++)r.isError[c]&&
t.fillRect(r.start[c]*m,c*o,Math.max(2,r.duration[c]*m),Math.max(2,a))}var Ee=36,Oe=4;function Ie({model:t,view:e,onView:s}){let i=I(null),r=I(null),l=I(null),o=vt.value;R(()=>{let p=i.current,f=r.current,d=()=>{let b=ft(f,p.clientWidth,
Ee);b&&p.isConnected&&Ce(b,p.clientWidth,Ee,tt(p),t)},h=new ResizeObserver(d);return h.observe(p),()=>h.disconnect()},[t,o]);let a=p=>{let f=i.current.getBoundingClientRect();
return Math.min(1,Math.max(0,(p.clientX-f.left)/f.width))},m=p=>{if(!l.current||Math.abs(p.clientX-l.current.fromX)<Oe)return;let f=i.current.getBoundingClientRect(),
d=Math.min(1,Math.max(0,(l.current.fromX-f.left)/f.width)),h=a(p);s(V({from:Math.min(d,h)*t.durationUs,to:Math.max(d,h)*t.durationUs},t.durationUs))},c=e.from/t.
durationUs*100,u=(e.to-e.from)/t.durationUs*100;return n("div",{ref:i,class:"minimap",title:w().trace.minimap,onPointerDown:p=>{l.current={fromX:p.clientX},p.currentTarget.
setPointerCapture(p.pointerId)},onPointerMove:m,onPointerUp:p=>{if(l.current&&Math.abs(p.clientX-l.current.fromX)<Oe&&!et(e,t.durationUs)){let f=a(p)*t.durationUs,
d=(e.to-e.from)/2;s(V({from:f-d,to:f+d},t.durationUs))}l.current=null},onDblClick:()=>s({from:0,to:t.durationUs}),children:[n("canvas",{ref:r,"aria-hidden":"tru\
e"}),!et(e,t.durationUs)&&n(k,{children:[n("i",{class:"shade",style:{left:0,width:`${c}%`}}),n("i",{class:"shade",style:{left:`${c+u}%`,right:0}}),n("i",{class:"\
brush",style:{left:`${c}%`,width:`${u}%`}})]})]})}function Ue(t,e){let{start:s,duration:i,size:r}=t,l=[];for(let u=e+1;u<e+r[e];u+=Math.max(1,r[u]))l.push(u);l.sort((u,p)=>s[u]-s[p]);let o=new Map,a=s[e]+i[e],m=s[e];
for(let u of l){let p=t.service[u]*t.names.length+t.name[u],f=o.get(p)??{service:t.service[u],name:t.name[u],calls:0,us:0};o.set(p,f);let d=Math.min(a,s[u]+i[u]);
f.calls++,f.us+=Math.max(0,d-Math.max(m,s[u])),m=Math.max(m,d)}return[{service:-1,name:-1,calls:1,us:t.self[e]},...o.values()].sort((u,p)=>p.us-u.us)}function _e(t,e,s){
let[i,r]=[0,0];for(let{fromUs:l,toUs:o,n:a}of t)r+=a,i+=a*Math.min(1,Math.max(0,(e-l)/Math.max(1,o-l+1)));return r<s?null:i/r}var Le=30*6e4,is=20,os=20,as=250;function yt(t,e){let s=t.kinds[e].toLowerCase(),i=t.names[t.name[e]];return[W("service",t.services[t.service[e]]?.name??""),i&&
W("op",i),s&&`kind=${s}`].filter(Boolean).join(" ")}function Mt(t){let e=Math.round(t.startUs/6e7)*6e4;return{from:new Date(e-Le).toISOString(),to:new Date(e+Le).
toISOString()}}function ls(t){let[e,s]=x(-1);return R(()=>{let i=setTimeout(()=>s(t),as);return()=>clearTimeout(i)},[t]),e===t?t:-1}function $e(t,e){let i=ls(e)<
0||t.duration[e]<=0?null:Rt("/aggregate",{q:yt(t,e),by:"duration",buckets:8,...Mt(t)}),r=xt(i).data;if(!r)return null;let l=r.items.flatMap(({key:[a],timed:m})=>typeof a==
"object"&&a!==null?[{...a,n:m}]:[]),o=_e(l,t.duration[e],is);return o===null?null:{share:o,calls:r.total.timed}}function Be(t,e){return xt(Rt("/traces",{q:yt(t,
e),limit:os,...Mt(t)}))}var cs=["span","tags","logs","links","time","similar"];function Ve({model:t,row:e,isRoot:s,onClose:i,onSelect:r,onRoot:l,onFind:o}){let a=w(),{detail:m,problem:c,
retry:u}=Gt(t,e),[p,f]=x(null),[d,h]=x(()=>cs.find(S=>S===nt("spanTab"))??"tags"),b=t.services[t.service[e]]?.name||a.trace.unknownService,g=m?.halves??[],T=p??
Math.max(0,g.findIndex(S=>S.service===b)),A=g[T]??m,L=S=>{h(S),rt("spanTab",S)},C=(S,U)=>U?`${S} ${P().count(U)}`:S,B=[["span",a.span.title],["tags",C(a.span.tags,
A?.tags.length)],["logs",C(a.span.logs,A?.annotations.length)],["links",C(a.span.links,A?.links?.length)],["time",a.span.summary],["similar",a.span.similar]],H=c?
n(lt,{what:a.span.title,problem:c,retry:u}):n(at,{rows:4});return n("div",{class:"card span-panel",children:[n(ce,{class:"span-title",title:n(se,{model:t,row:e}),
label:a.span.close,onClose:i}),n("div",{class:"row tight span-sum",children:[t.isError[e]===1&&n(J,{tone:"crit",children:t.statuses[e]||a.trace.error}),n("b",{children:t.
duration[e]>0?P().duration(t.duration[e]):a.span.notKnown}),n(us,{model:t,row:e}),n("span",{class:"spring"}),t.size[e]>1&&n("button",{type:"button",class:"btn s\
mall","aria-pressed":s,onClick:()=>l(s?-1:e),children:[a.span.onlyThis," ",n("kbd",{children:"r"})]})]}),g.length>1&&n("div",{class:"row tight halves",children:[
n("span",{class:"sub",children:a.span.halves}),n("div",{class:"seg",role:"group","aria-label":a.span.halves,children:g.map((S,U)=>n("button",{type:"button","ari\
a-pressed":U===T,onClick:()=>f(U),children:[S.local?.service||S.service,S.kind?.toLowerCase()].filter(Boolean).join(" · ")},U))})]}),n(ue,{label:a.span.title,tabs:B,
chosen:d,onChoose:L,children:[d==="span"&&n(ms,{model:t,row:e,detail:A,onSelect:r}),d==="tags"&&(A?n(ps,{detail:A,onFind:o}):H),d==="logs"&&(A?n(fs,{detail:A,startUs:t.
startUs}):H),d==="links"&&(A?n(hs,{detail:A}):H),d==="time"&&n(vs,{model:t,row:e}),d==="similar"&&(ut(t.traceId)===void 0?n(gs,{model:t,row:e}):n("p",{class:"mu\
ted",children:a.span.similarNotStored}))]})]})}function us({model:t,row:e}){let s=w().span,i=$e(t,e);if(!i)return null;let r=Math.min(99,Math.floor(i.share*100));
return n("span",{class:`pill ${r>=95?"warn":"none"}`,title:s.rankHint(P().share(r/100),P().count(i.calls)),children:s.rank(String(r))})}function ms({model:t,row:e,
detail:s,onSelect:i}){let r=w().span,l=P(),o=s!==void 0&&s.halves===void 0&&s.durationUs>0,a=o?s.durationUs:t.duration[e],m=o&&s.startUs>0?s.startUs-t.startUs:t.
start[e],c=t.parent[e],u=[s?.shared&&r.shared,s?.debug&&r.debug].filter(Boolean),p=[[r.duration,a>0?l.duration(a):r.notKnown],[r.selfTime,l.duration(t.self[e])],
[r.ofTrace,l.share(t.duration[e]/t.durationUs)],[r.start,l.offset(m)],[r.kind,(s?.kind??t.kinds[e]).toLowerCase()||r.notKnown],[r.remote,Ne(s?.remote)||t.remotes[e]],
[r.local,Ne(s?.local)],[r.id,t.ids[e]],["",u.join(", ")]];return n("dl",{class:"facts",children:[p.filter(([,f])=>f!=="").map(([f,d])=>n("div",{children:[n("dt",
{children:f}),n("dd",{children:d})]},f)),n("div",{children:[n("dt",{children:r.parent}),n("dd",{children:c<0?r.root:n("button",{type:"button",class:"plain link",
onClick:()=>i(c),children:t.ids[c]})})]})]})}function Ne(t){if(!t)return"";let e=t.ipv4||(t.ipv6?`[${t.ipv6}]`:""),s=t.port?`:${t.port}`:"";return[t.service??"",
e+s].filter(Boolean).join(" ")}var ds=200;function ps({detail:t,onFind:e}){let s=w().span;return t.tags.length===0&&!t.resource?.length?n("p",{class:"muted",children:s.
tagsNone}):n(k,{children:[n(Ut,{pairs:t.tags,onFind:e}),(t.resource?.length??0)>0&&n(k,{children:[n("h3",{children:s.resource}),n(Ut,{pairs:t.resource??[],onFind:e})]})]})}
function Ut({pairs:t,onFind:e}){let s=w().span;return n("table",{class:"pairs",children:n("tbody",{children:t.map(([i,r],l)=>{let o=r===""?i:W(/^[\w.-]+$/.test(
i)?i:`tag."${i}"`,r),a=e&&r.length<=ds&&!r.includes(`
`),m=c=>_("traces",{},{...Et(),q:[Et().q,c+o].filter(Boolean).join(" ")});return n("tr",{children:[n("th",{scope:"row",children:i}),n("td",{children:r}),n("td",
{class:"nowrap",children:[a&&n(k,{children:[n("a",{class:"btn small icon-only quiet",href:m(""),"aria-label":s.include(`${i}=${r}`),title:s.include(`${i}=${r}`),
children:"+"}),n("a",{class:"btn small icon-only quiet",href:m("-"),"aria-label":s.exclude(`${i}=${r}`),title:s.exclude(`${i}=${r}`),children:"−"}),n("button",
{type:"button",class:"btn small icon-only quiet","aria-label":s.findHere(`${i}=${r}`),title:s.findHere(`${i}=${r}`),onClick:()=>e(o),children:n(O,{name:"search"})})]}),
n("button",{type:"button",class:"btn small icon-only quiet","aria-label":s.copyValue(i),title:s.copyValue(i),onClick:()=>{ot(r)},children:n(O,{name:"copy"})})]})]},
l)})})})}function fs({detail:t,startUs:e}){let s=w().span,i=P();return t.annotations.length===0?n("p",{class:"muted",children:s.annotationsNone}):n("ul",{class:"\
events",children:t.annotations.map((r,l)=>n("li",{children:[n("span",{class:"sub num",title:i.instant(r.timeUs/1e3),children:i.offset(r.timeUs-e)})," ",n("b",{children:r.
value}),(r.tags?.length??0)>0&&n(Ut,{pairs:r.tags??[]})]},l))})}function hs({detail:t}){return t.links?.length?n("ul",{children:t.links.map(e=>n("li",{children:n(
"a",{class:"link mono",href:_("trace",{id:e.traceId},{span:e.spanId}),children:[D(e.traceId)," · ",e.spanId]})},e.traceId+e.spanId))}):n("p",{class:"muted",children:w().
span.linksNone})}var bs=12;function vs({model:t,row:e}){let s=w(),i=P(),r=Ue(t,e).slice(0,bs),l=Math.max(1,t.duration[e]);return n("table",{class:"shares",children:n(
"tbody",{children:r.map(o=>n("tr",{children:[n("th",{scope:"row",children:[o.service<0?s.span.itself:n(k,{children:[n("i",{class:K(t,o.service),"aria-hidden":"t\
rue"})," ",t.services[o.service]?.name||s.trace.unknownService," ",n("span",{class:"muted",children:t.names[o.name]}),o.calls>1&&n("span",{class:"sub",children:[
" ",s.trace.times(i.count(o.calls))]})]}),n("span",{class:"part-bar","aria-hidden":"true",children:n("i",{style:{width:`${o.us/l*100}%`}})})]}),n("td",{class:"n\
um",children:i.duration(o.us)}),n("td",{class:"num",children:i.share(o.us/l)})]},`${o.service} ${o.name}`))})})}function gs({model:t,row:e}){let s=w(),i=P(),r=Be(
t,e);return n(Ft,{resource:r,what:s.span.similar,rows:4,children:({items:l})=>{let o=l.filter(({traceId:a})=>a!==t.traceId);return n(k,{children:[o.length===0&&
n("p",{class:"muted",children:s.span.similarNone}),n("ul",{class:"similar",children:o.map(a=>n("li",{children:[n("a",{class:"link mono",href:_("trace",{id:a.traceId}),
children:D(a.traceId)}),n("span",{class:"sub",children:i.time(a.startUs/1e3,it.value)}),n("span",{class:"spring"}),a.errors>0&&n(J,{tone:"crit",children:i.count(
a.errors)}),n("span",{class:"num",children:i.duration(a.durationUs)}),n("a",{class:"btn small",href:_("compare",{a:a.traceId,b:t.traceId}),children:s.compare.go})]},
a.traceId))}),n("a",{class:"link",href:_("traces",{},{q:yt(t,e),...Mt(t)}),children:s.span.similarAll})]})}})}var ws=12;function De({model:t,onFind:e,onSelect:s}){let i=w(),r=P(),[l,o]=x(!1),a=N(()=>qt(t,l),[t,l]),m=u=>t.services[u.service].name,c=u=>{e([W("service",m(u)),
u.name>=0&&W("op",t.names[u.name])].filter(Boolean).join(" ")),s(u.row)};return n("div",{class:"card",children:[n("div",{class:"card-head",children:[n("h2",{children:i.
span.summary}),n("span",{class:"spring"}),n("div",{class:"seg",role:"group","aria-label":i.span.summary,children:[!1,!0].map(u=>n("button",{type:"button","aria-\
pressed":u===l,onClick:()=>o(u),children:u?i.span.byOperation:i.span.byService},String(u)))})]}),n("p",{class:"sub",children:i.span.summaryHint}),n("div",{class:"\
share-bar","aria-hidden":"true",children:a.slice(0,40).map(u=>u.share>0&&n("i",{class:K(t,u.service),style:{flexGrow:u.share}},`${u.service} ${u.name}`))}),n("t\
able",{class:"shares",children:[n("thead",{children:n("tr",{children:[n("th",{scope:"col",children:l?i.span.byOperation:i.span.byService}),n("th",{scope:"col",class:"\
num",children:i.span.selfTime}),n("th",{scope:"col",class:"num",children:i.span.share}),n("th",{scope:"col",class:"num",children:i.traces.spans})]})}),n("tbody",
{children:a.slice(0,ws).map(u=>n("tr",{children:[n("th",{scope:"row",children:n("button",{type:"button",class:"plain",onClick:()=>c(u),children:[n("i",{class:K(
t,u.service),"aria-hidden":"true"})," ",m(u)||i.trace.unknownService,u.name>=0&&n("span",{class:"muted",children:[" ",t.names[u.name]||i.trace.unnamed]}),u.errors>
0&&n("span",{class:"pill bare crit",children:[" ",i.trace.errorCount(u.errors,r.count(u.errors))]})]})}),n("td",{class:"num",children:r.duration(u.selfUs)}),n("\
td",{class:"num",children:r.share(u.share)}),n("td",{class:"num",children:r.count(u.spans)})]},`${u.service} ${u.name}`))})]})]})}var Fe=20;function E(t,e,s,i){let r=document.createElement(t);return r.className=e,i&&r.setAttribute("role",i),s.append(r),r}var Tt=class{constructor(e){this.box=
e}box;slots=[];forget(){for(let e of this.slots)e.state=-1}rowOf(e){return this.slots.find(s=>s.el===e)?.row??-1}idOf(e){return e<0?void 0:this.slots.find(s=>s.
row===e)?.el.id}fill(e,s,i,r){for(;this.slots.length<i;)this.slots.push(this.newSlot());let l=this.slots.length,o=new Uint8Array(l);for(let a=e;a<s;a++)o[a%l]=1,
ys(this.slots[a%l],a,r);for(let a=0;a<l;a++)o[a]||this.slots[a].row===-1||(this.slots[a].row=-1,this.slots[a].el.hidden=!0)}newSlot(){let e=E("div","wf-row",this.
box,"row");e.id=`wf-row-${this.slots.length}`,e.hidden=!0;let s=E("div","wf-name",e,"gridcell"),i=E("span","wf-twisty",s);i.setAttribute("aria-hidden","true");let r=E(
"i","dot",s);r.setAttribute("aria-hidden","true");let l=E("b","",s),o=E("span","muted",s),a=E("span","wf-badge",s),m=E("span","sr",E("div","wf-bar",e,"gridcell"));
return{el:e,nameCell:s,twisty:i,dot:r,service:l,name:o,badge:a,words:m,row:-1,state:-1}}};function ys(t,e,s){let{model:i,matches:r,texts:l,fmt:o}=s,a=s.visible[e],
m=i.depth[a]-s.depth,c=s.groups&&s.folded[a]?s.groups.calls[a]:0,u=a===s.selected,p=i.size[a]>1||c>0,f=s.collapsed[a]===1||c>0,d=r!==null&&r[a]===1,h=r!==null&&
!d||s.onlyCritical&&!i.isCritical[a],b=Number(u)|Number(f)<<1|Number(h)<<2|Number(d)<<3,g=`translateY(${e*26}px)`;t.el.style.transform!==g&&(t.el.style.transform=
g),!(t.row===a&&t.state===b)&&((t.row!==a||t.state<0)&&(t.el.hidden=!1,t.el.setAttribute("aria-level",String(m+1)),t.nameCell.style.paddingLeft=`${4+Math.min(m,
Fe)*s.indent}px`,t.dot.className=K(i,i.service[a]),t.service.textContent=i.services[i.service[a]]?.name||l.trace.unknownService,t.name.textContent=` ${i.names[i.
name[a]]||l.trace.unnamed}`,t.words.textContent=Ms(s,a,c)),t.row=a,t.state=b,t.el.setAttribute("aria-rowindex",String(e+1)),t.el.setAttribute("aria-selected",String(
u)),p?t.el.setAttribute("aria-expanded",String(!f)):t.el.removeAttribute("aria-expanded"),t.el.className=`wf-row${u?" selected":""}${h?" faded":""}${d?" match":
""}`,t.twisty.className=`wf-twisty${p?f?" closed":" open":""}`,t.badge.textContent=c>0?l.trace.times(o.count(c)):f?l.trace.hidden(o.count(i.size[a]-1)):m>Fe?`↳${m}`:
"")}function Ms({model:t,groups:e,texts:s,fmt:i},r,l){let o=s.trace,a=l>0&&e?e.sumUs[r]:t.duration[r];return[l>0?o.foldedCalls(i.count(l)):"",a>0?i.duration(a):
"",o.startsAt(i.offset(t.start[r])),t.isError[r]?t.statuses[r]?o.errorStatus(t.statuses[r]):o.error:"",t.isCritical[r]?o.onCritical:"",t.size[r]>1&&l===0?o.hiddenLabel(
i.count(t.size[r]-1)):""].filter(Boolean).join(", ")}var Xe=4,He=14,Ts=9,As=300,Ss=.34,ks=.45,Ps=150,ze=640,Rs=110,We=6,xs=54,At=class{constructor(e,s,i,r,l){this.box=e;this.model=s;this.texts=i;this.fmt=r;this.events=
l;this.axis=E("div","wf-axis",e),this.axis.setAttribute("aria-hidden","true"),this.scroller=E("div","wf-scroll",e,"treegrid"),this.scroller.tabIndex=0,this.scroller.
setAttribute("aria-colcount","2"),this.canvas=document.createElement("canvas"),this.canvas.className="wf-bars",this.canvas.setAttribute("aria-hidden","true"),this.
scroller.append(this.canvas),this.rowsBox=E("div","wf-rows",this.scroller),this.rows=new Tt(this.rowsBox),this.palette=tt(e),this.scroller.addEventListener("scr\
oll",()=>this.schedule(),{passive:!0}),this.scroller.addEventListener("keydown",o=>this.onKeyDown(o)),this.scroller.addEventListener("click",o=>this.onClick(o)),
this.scroller.addEventListener("dblclick",o=>this.rowAt(o)>=0&&this.events.onRoot(this.rowAt(o))),this.scroller.addEventListener("pointerdown",o=>o.pointerType===
"touch"&&this.fingers.set(o.pointerId,o.clientX)),this.scroller.addEventListener("pointermove",o=>this.onFinger(o));for(let o of["pointerup","pointercancel"])this.
scroller.addEventListener(o,a=>this.fingers.delete(a.pointerId));this.scroller.addEventListener("wheel",o=>this.onWheel(o),{passive:!1}),this.observer=new ResizeObserver(
()=>this.resize()),this.observer.observe(this.scroller),this.setModel(s)}box;model;texts;fmt;events;axis;scroller;canvas;rowsBox;observer;rows;palette;collapsed=new Uint8Array(
0);folded=new Uint8Array(0);groups=null;root=-1;only=null;fingers=new Map;visible=new Int32Array(0);selected=-1;view={from:0,to:1};matches=null;onlyCritical=!1;gutter=0;indent=He;width=0;height=0;frame=0;destroy(){
this.observer.disconnect(),cancelAnimationFrame(this.frame),this.box.replaceChildren()}setModel(e){this.model=e,this.collapsed=new Uint8Array(e.count),this.folded=
new Uint8Array(e.count),this.groups=null,this.view={from:0,to:e.durationUs},this.relayout()}setLanguage(e,s,i){this.texts=e,this.fmt=s,this.scroller.setAttribute(
"aria-label",i),this.rewrite()}setSelected(e){e!==this.selected&&(this.selected=e,e>=0&&(Zt(this.model,this,e)&&this.relayout(),dt(this.visible,e)<0&&this.root>=
0&&!this.isUnderRoot(e)&&this.events.onRoot(-1),this.show(e)),this.schedule())}setMatches(e){this.matches=e,this.rewrite()}setOnly(e){this.only=e&&Yt(this.model.
parent,e),this.relayout()}setRoot(e){e!==this.root&&(this.root=e,this.relayout(),this.selected>=0&&this.show(this.selected))}setOnlyCritical(e){this.onlyCritical=
e,this.rewrite()}setView(e){this.view=V(e,this.model.durationUs),this.schedule()}refreshPalette(){this.palette=tt(this.box),this.schedule()}focus(){this.scroller.
focus({preventScroll:!0})}collapseAll(){for(let e=0;e<this.model.count;e++)this.collapsed[e]=this.model.size[e]>1?1:0;this.climbOut(),this.relayout()}expandAll(){
this.collapsed.fill(0),this.relayout(),this.selected>=0&&this.show(this.selected)}foldLike(){let{model:e,selected:s}=this;if(s<0)return;this.groups??=It(e);let i=this.
folded[this.groups.first[s]]?0:1;this.fold(r=>e.service[r]===e.service[s]&&e.name[r]===e.name[s],i)}foldAll(){this.fold(()=>!0,this.folded.includes(1)?0:1)}fold(e,s){
let i=this.groups??=It(this.model);for(let l=0;l<this.model.count;l++)i.calls[l]>1&&e(l)&&(this.folded[l]=s);let r=this.selected<0?-1:i.first[this.selected];s&&
r>=0&&r!==this.selected&&this.folded[r]&&this.select(r),this.climbOut(),this.relayout()}stepLevel(e){te(this.model,this.collapsed,e),this.climbOut(),this.relayout()}goToFlagged(e,s){
let i=pt(e,this.selected<0?s>0?-1:0:this.selected,s);i>=0&&this.select(i)}moveView(e){this.view=V(e,this.model.durationUs),this.events.onView(this.view),this.schedule()}select(e){
this.setSelected(e),this.events.onSelect(e)}isUnderRoot(e){return e>=this.root&&e<this.root+this.model.size[this.root]}toggle(e){if(this.folded[e])this.folded[e]=
0;else{if(this.model.size[e]<=1)return;this.collapsed[e]^=1}this.climbOut(),this.relayout()}climbOut(){let e=-1;for(let s=this.selected;s>=0;s=this.model.parent[s]){
let i=this.groups?.first[s]??s;this.folded[i]&&i!==this.selected?e=i:s!==this.selected&&this.collapsed[s]&&(e=s)}e>=0&&this.select(e)}onClick(e){let s=this.rowAt(
e);s<0||(e.target.closest(".wf-twisty")?this.toggle(s):this.select(s))}rowAt(e){let s=e.target.closest(".wf-row");return s?this.rows.rowOf(s):-1}onWheel(e){if(e.
ctrlKey||e.metaKey){e.preventDefault();let s=this.canvas.getBoundingClientRect();this.zoom(e.deltaY<0?.6:1/.6,(e.clientX-s.left-this.gutter)/this.width)}else e.
shiftKey&&e.deltaY!==0&&(e.preventDefault(),this.moveView(bt(this.view,Math.sign(e.deltaY)*.15,this.model.durationUs)))}zoom(e,s){this.moveView(ht(this.view,e,Math.
min(1,Math.max(0,s)),this.model.durationUs))}onFinger(e){if(!this.fingers.has(e.pointerId))return;let s=()=>Math.max(24,Math.abs(Math.max(...this.fingers.values())-
Math.min(...this.fingers.values()))),i=s();if(this.fingers.set(e.pointerId,e.clientX),this.fingers.size!==2)return;let r=[...this.fingers.values()].reduce((l,o)=>l+
o,0)/2;this.zoom(i/s(),(r-this.canvas.getBoundingClientRect().left-this.gutter)/this.width)}onKeyDown(e){if(e.ctrlKey||e.metaKey||e.altKey)return;let s=dt(this.
visible,this.selected),i=Math.max(1,Math.floor(this.height/26)-1),r=a=>this.visible.length>0&&this.select(this.visible[Math.min(this.visible.length-1,Math.max(0,
a))]),o={ArrowDown:()=>r(s+1),ArrowUp:()=>r(s<0?this.visible.length-1:s-1),j:()=>r(s+1),k:()=>r(s<0?this.visible.length-1:s-1),PageDown:()=>r(s+i),PageUp:()=>r(
s-i),Home:()=>r(0),End:()=>r(this.visible.length-1),ArrowRight:()=>e.shiftKey?this.stepLevel(!0):this.openOrEnter(),ArrowLeft:()=>e.shiftKey?this.stepLevel(!1):
this.closeOrLeave(),Enter:()=>this.selected>=0&&this.events.onOpen(this.selected)," ":()=>this.selected>=0&&this.toggle(this.selected),Escape:()=>this.select(-1)}[e.
key];o&&(e.preventDefault(),e.stopPropagation(),o())}openOrEnter(){let e=this.selected;e<0||this.model.size[e]<=1&&!this.folded[e]||(this.collapsed[e]||this.folded[e]?
this.toggle(e):this.select(e+1))}closeOrLeave(){let e=this.selected;e<0||(this.model.size[e]>1&&!this.collapsed[e]&&!this.folded[e]?this.toggle(e):this.model.parent[e]>=
0&&this.select(this.model.parent[e]))}relayout(){this.visible=Jt(this.model,this),this.rowsBox.style.height=`${this.visible.length*26}px`,this.scroller.setAttribute(
"aria-rowcount",String(this.visible.length)),this.rewrite()}resize(){let e=this.scroller.clientWidth,s=this.height;this.height=this.scroller.clientHeight,this.height<
s&&this.selected>=0&&this.show(this.selected);let i=Math.round(Math.max(Ps,e*(e<ze?ks:Ss))),r=i<As?Ts:He;r!==this.indent&&this.rows.forget(),this.indent=r,this.
gutter=e<ze?0:xs,this.width=Math.max(0,e-i-this.gutter-We),this.box.style.setProperty("--wf-name",`${i}px`),this.box.style.setProperty("--wf-bars",`${i+this.gutter}\
px`),this.box.style.setProperty("--wf-height",`${this.height}px`),this.paint()}show(e){let s=dt(this.visible,e);if(s<0)return;let i=this.scroller.clientHeight,r=de(
s,this.scroller.scrollTop,i,26,1);r!==this.scroller.scrollTop&&(this.scroller.scrollTop=r)}rewrite(){this.rows.forget(),this.schedule()}schedule(){this.frame||(this.
frame=requestAnimationFrame(()=>{this.frame=0,this.paint()}))}paint(){if(this.width<=0||this.height<=0)return;let e=this.scroller.scrollTop,{first:s,end:i}=me(e,
this.height,26,this.visible.length,Xe),{model:r,visible:l,collapsed:o,groups:a,folded:m,selected:c,matches:u,onlyCritical:p,indent:f,texts:d,fmt:h}=this,b=this.
root<0?0:r.depth[this.root];this.rows.fill(s,i,Math.ceil(this.height/26)+2*Xe+1,{model:r,visible:l,collapsed:o,groups:a,folded:m,depth:b,selected:c,matches:u,onlyCritical:p,
indent:f,texts:d,fmt:h});let g=this.rows.idOf(this.selected);g?this.scroller.setAttribute("aria-activedescendant",g):this.scroller.removeAttribute("aria-actived\
escendant");let T=re(this.view,Math.max(2,Math.floor(this.width/Rs)));this.writeAxis(T);let A=ft(this.canvas,this.gutter+this.width+We,this.height);A&&Re(A,this.
palette,{left:this.gutter,width:this.width,height:this.height,model:this.model,visible:this.visible,first:s,end:i,scrollTop:e,view:this.view,ticks:T,matches:this.
matches,onlyCritical:p,groups:a,folded:m,labelOf:L=>{let C=a!==null&&m[L]===1,B=C?a.sumUs[L]:r.duration[L];return B>0?`${C?"Σ ":""}${h.duration(B)}`:""}})}writeAxis(e){
let s=e.length>1?e[1]-e[0]:this.model.durationUs;for(;this.axis.children.length<e.length;)E("span","",this.axis);for(;this.axis.children.length>e.length;)this.axis.
lastElementChild?.remove();e.forEach((i,r)=>{let l=this.axis.children[r],o=(i-this.view.from)/(this.view.to-this.view.from)*this.width;l.textContent=ie(i,s,this.
view.to),l.style.transform=`translateX(${o.toFixed(1)}px)`,l.className=o>this.width-60?"at-end":""})}};function Ke(t){let{model:e,title:s,selected:i,root:r,view:l,flags:o,only:a,onlyCritical:m,handle:c}=t,u=w(),p=P(),f=I(null),d=I(void 0),h=I(t);h.current=t;let b=I(
{newest:i,pending:!1});return R(()=>{let g=new At(f.current,e,u,p,{onSelect:T=>{T!==b.current.newest&&(b.current={newest:T,pending:!0},h.current.onSelect(T))},onView:T=>h.
current.onView(T),onOpen:()=>h.current.onOpen(),onRoot:T=>h.current.onRoot(T)});return d.current=g,c.current=g,()=>{g.destroy(),c.current=null}},[e]),R(()=>d.current?.
setView(l),[e,l.from,l.to]),R(()=>d.current?.setLanguage(u,p,u.trace.grid(s)),[e,u,s]),R(()=>d.current?.setMatches(o),[e,o]),R(()=>d.current?.setOnly(a?o:null),
[e,o,a]),R(()=>d.current?.setRoot(r),[e,r]),R(()=>d.current?.setOnlyCritical(m),[e,m]),R(()=>{b.current.pending&&i!==b.current.newest||(b.current={newest:i,pending:!1},
d.current?.setSelected(i))},[e,i]),R(()=>d.current?.refreshPalette(),[e,vt.value]),n("div",{class:"wf",ref:f})}var Cs=st(()=>import("./traceflame.js").then(t=>t.TraceFlame)),Es=st(()=>import("./tracetable.js").then(t=>t.TraceTable)),Os=st(()=>import("./tracemap.js").
then(t=>t.TraceMap)),Is=st(()=>import("./tracejson.js").then(t=>t.TraceJson)),Us=16;function Wr({id:t,query:e}){let s=w().trace,i=/^[0-9a-f]{1,32}$/i.
test(t)?t.toLowerCase():null,r=zt(i),l=N(()=>r.data?Qt(r.data):null,[r.data]),o=l&&l.count>0?_s(l):s.title;return le(o,l?`${o} · ${D(t)}`:o),l&&l.count>0?n($s,
{model:l,query:e,title:o,gaps:r.data?.partial??[]}):n("section",{class:"card",children:!i||r.problem?.status===404||l?n(Vt,{title:s.notFound,children:[n("p",{children:i?
s.notFoundText(t):s.badId(t)}),n("div",{class:"row tight",children:[n("a",{class:"btn",href:_("traces",{}),children:s.toTraces}),n("button",{type:"button",class:"\
btn",onClick:mt,children:s.openFile})]})]}):r.problem?n(lt,{what:s.title,problem:r.problem,retry:r.retry}):n(at,{rows:14})})}function _s(t){return t.names[t.name[0]]||
t.services[t.service[0]]?.name||w().trace.title}function X(t,e=!0){let s=Ht.peek();s.name==="trace"&&ct(_("trace",s.path,{...s.query,...t}),{replace:e})}function Ge(t,e){
return et(t,e.durationUs)?"":`${Math.round(t.from)}-${Math.round(t.to)}`}function Ls(t,e){let s=/^(\d+)-(\d+)$/.exec(t);return V(s?{from:Number(s[1]),to:Number(
s[2])}:{from:0,to:e.durationUs},e.durationUs)}function $s({model:t,query:e,title:s,gaps:i}){let r=w(),l=I(null),o=I(null),[a,m]=gt(e.span,v=>X({span:v})),[c,u]=gt(
e.q,v=>X(v?{q:v}:{q:"",only:!1})),[p,f]=gt(e.from&&`${e.from}-${e.to}`,v=>{let[$="",z=""]=v.split("-");X({from:$,to:z})}),[d,h]=x(()=>nt("traceDock")??(t.count>
Us?"right":"below")),b=N(()=>a?t.ids.indexOf(a):-1,[t,a]),g=N(()=>e.root?t.ids.indexOf(e.root):-1,[t,e.root]),T=Ae(t,c),{matches:A}=T,L=Ls(p,t),C=v=>f(Ge(V(v,t.
durationUs),t)),B=v=>m(v<0?"":t.ids[v]),H=v=>v<0?{from:0,to:t.durationUs}:ne(t.start[v],t.duration[v],t.durationUs),S=v=>{let[$="",z=""]=Ge(H(v),t).split("-");X(
{root:v<0?"":t.ids[v],from:$,to:z},!1)},U=(v,$)=>{let z=pt(v,b<0?$>0?-1:0:b,$);z>=0&&B(z)},kt=v=>A&&A.count>0&&U(A.flags,v),Pt=v=>{u(v),(e.view==="map"||e.view===
"json")&&X({view:"timeline"},!1)},_t=()=>X({cp:!e.cp}),je=()=>{let v=d==="right"?"below":"right";h(v),rt("traceDock",v)},Q=v=>()=>C(ht(L,v,.5,t.durationUs)),Lt=v=>()=>C(
bt(L,v,t.durationUs)),M=r.keys,y=(v,$,z)=>({keys:v,label:$,group:"trace",run:z});Xt([y("ArrowLeft",M.collapse,null),y("ArrowRight",M.collapse,null),y("Shift+Arr\
owLeft",M.level,null),y("Shift+ArrowRight",M.level,null),y("[",M.collapseAll,()=>o.current?.collapseAll()),y("]",M.collapseAll,()=>o.current?.expandAll()),y("h",
M.foldLike,()=>o.current?.foldLike()),y("Shift+H",M.foldAll,()=>o.current?.foldAll()),y("r",M.root,()=>S(b===g?-1:b)),y("+",M.zoom,Q(.6)),y("-",M.zoom,Q(1/.6)),
y("w",M.zoom,Q(.6)),y("s",M.zoom,Q(1/.6)),y("a",M.pan,Lt(-.15)),y("d",M.pan,Lt(.15)),y("f",M.fit,()=>b>=0&&C(H(b))),y("0",M.reset,()=>g>=0?S(-1):C(H(-1))),y("c",
M.critical,_t),y("e",M.error,()=>U(t.isError,1)),y(".",M.error,()=>U(t.isError,1)),y(",",M.error,()=>U(t.isError,-1)),y("n",M.match,()=>{kt(1)}),y("Shift+N",M.match,
()=>{kt(-1)}),y("m",r.compare.mark,()=>Z(t.traceId)),y("x",r.compare.mark,()=>Z(t.traceId)),...Ct.map((v,$)=>y(String($+1),M.view,()=>X({view:v},!1)))]);let q={
model:t,title:s,selected:b,root:g,view:L,flags:A?.flags??null,only:e.only&&A!==null,onlyCritical:e.cp,onSelect:B,onRoot:S,onView:C,onFind:Pt,onOpen:()=>l.current?.
focus()},$t=e.view==="timeline"||e.view==="flame";return n(k,{children:[n(Bs,{model:t,query:e,onCritical:_t}),n(Ns,{model:t,gaps:i,root:g,onRoot:S}),n("div",{class:`\
trace-grid dock-${d}`,children:[n("section",{class:"card waterfall-card","aria-label":r.trace.grid(s),children:[n("div",{class:"wf-tools",children:[n(Me,{finding:T,
selected:b,q:c,only:e.only,onOnly:v=>X({only:v}),onQuery:u,onStep:kt,onLeave:()=>document.querySelector(".wf-scroll, .flame, .v-grid")?.focus()}),n("div",{class:"\
wf-buttons",children:[e.view==="timeline"&&n(k,{children:[n(j,{icon:"collapse",label:r.trace.collapseAll,run:()=>o.current?.collapseAll()}),n(j,{icon:"expand",label:r.
trace.expandAll,run:()=>o.current?.expandAll()}),n(j,{icon:"fold",label:r.trace.foldAll,run:()=>o.current?.foldAll()})]}),$t&&n(k,{children:[n(j,{icon:"zoom-out",
label:r.trace.zoomOut,run:Q(1/.6)}),n(j,{icon:"zoom-in",label:r.trace.zoomIn,run:Q(.6)}),n(j,{icon:"maximize",label:r.trace.zoomReset,run:()=>C(H(-1))})]}),n("s\
pan",{class:"hide-dock",children:n(j,{icon:d==="right"?"dock-below":"dock-right",label:d==="right"?r.trace.dockBelow:r.trace.dockRight,run:je})})]})]}),$t&&n(Ie,
{model:t,view:L,onView:C}),e.view==="timeline"&&n(Ke,{...q,handle:o}),e.view==="flame"&&n(Cs,{...q}),e.view==="table"&&n(Es,{...q}),e.view==="map"&&n(Os,{...q}),
e.view==="json"&&n(Is,{...q})]}),n("section",{class:`trace-panel${b>=0?" open":""}`,ref:l,tabIndex:-1,"aria-label":r.span.title,children:b>=0?n(Ve,{model:t,row:b,
isRoot:b===g,onClose:()=>m(""),onSelect:B,onRoot:S,onFind:Pt},b):n(De,{model:t,onFind:Pt,onSelect:B})})]})]})}function Bs({model:t,query:e,onCritical:s}){let i=w().
trace,r=P(),l={timeline:i.timeline,flame:i.flameView,table:i.tableView,map:i.mapView,json:i.json};return n("div",{class:"row",children:[n("button",{type:"button",
class:"btn quiet small mono trace-id",title:`${i.copyId}: ${t.traceId}`,onClick:()=>{ot(t.traceId)},children:[D(t.traceId),n(O,{name:"copy"}),n("span",{class:"s\
r",children:i.copyId})]}),t.errors>0&&n(J,{tone:"crit",children:i.errorCount(t.errors,r.count(t.errors))}),n("span",{class:"muted",children:[i.duration," ",n("b",
{class:"strong",children:r.duration(t.durationUs)})," · ",i.spanCount(t.spans,r.count(t.spans))," · ",i.serviceCount(t.services.length)," ·"," ",n("time",{dateTime:new Date(
t.startUs/1e3).toISOString(),title:r.instant(t.startUs/1e3),children:r.time(t.startUs/1e3,it.value)})]}),n("span",{class:"spring"}),n("div",{class:"seg",role:"g\
roup","aria-label":i.views,children:Ct.map(o=>n("button",{type:"button","aria-pressed":o===e.view,onClick:()=>X({view:o},!1),children:l[o]},o))}),n("button",{type:"\
button",class:"btn","aria-pressed":e.cp,onClick:s,children:[i.critical," ",n("kbd",{class:"hide-s",children:"c"})]}),n(Se,{id:t.traceId}),n(ke,{id:t.traceId})]})}
function Ns({model:t,gaps:e,root:s,onRoot:i}){let r=w().trace,l=P(),o=l.count(t.missingParents);return n(k,{children:[s>=0&&n(Y,{tone:"info",action:n("button",{
type:"button",class:"btn small",onClick:()=>i(-1),children:r.zoomReset}),children:r.subtree(`${t.services[t.service[s]]?.name??""} ${t.names[t.name[s]]}`,l.count(
t.size[s]),l.count(t.count))}),ut(t.traceId)!==void 0&&n(Y,{tone:"info",children:r.opened}),n(Dt,{gaps:e}),t.missingParents>0&&n(Y,{tone:"warn",children:r.missing(
t.missingParents,o,t.missingIds.slice(0,3).map(D).join(", "))}),t.skews.length>0&&n(Y,{tone:"info",children:r.skew(l.list(t.skews.map(({service:a,aheadUs:m})=>`${a}\
 ${l.offset(m)}`)))})]})}function j({icon:t,label:e,run:s}){return n("button",{type:"button",class:"btn small icon-only quiet","aria-label":e,title:e,onClick:s,
children:n(O,{name:t})})}export{Wr as TracePage};
