import{$ as st,G as et,I as y,J as k,Jb as _t,Kb as ut,La as Z,Lb as ot,Mb as nt,N as M,O as xt,Oa as Mt,P as Pt,Q as Rt,Qa as At,V as Ot,Vb as Bt,W as A,Xa as Y,
Y as O,Ya as Lt,Z as rt,Za as Ft,_ as U,_a as It,a as C,c as x,ca as Et,cc as Qt,d as $,e as yt,ea as H,f as N,g as j,gb as $t,h as t,hb as Ut,ib as Nt,jb as V,
k as P,kc as Dt,l as vt,lc as Ht,m as tt,ma as Ct,oa as F,oc as Wt,p as Tt,pc as Kt,q as wt,r as St,s as pt,tc as dt,u as _,uc as Vt,v as mt,y as kt}from"./chunk.js";function at(e){let s=[],n=-1,r=!1,a=0;for(let i=0;i<e.length;i++){let o=e[i];if(r){o==="\\"?i++:o==='"'&&(r=!1);continue}if(/\s/.test(o)&&a===0){n>=0&&s.push({from:n,
to:i}),n=-1;continue}n<0&&(n=i),o==='"'?r=!0:o==="("?a++:o===")"&&(a=Math.max(0,a-1))}return n>=0&&s.push({from:n,to:e.length}),s}function G(e,s){let n=0;for(let r of e){
if(s--<=0)break;n+=r.length}return n}function Gt(e,s){return[...e.slice(0,s)].length}function Xt(e,s){let n=at(e),r=new Set([0,e.length,...n.flatMap(({from:o,to:l})=>[
o,l])]);if(s)for(let o of[s.from,s.to])r.add(Math.min(e.length,Math.max(0,o)));let a=[...r].sort((o,l)=>o-l),i=(o,l)=>o!==null&&l>=o.from&&l<o.to;return a.slice(
0,-1).map((o,l)=>({text:e.slice(o,a[l+1]),isTerm:n.some(p=>i(p,o)),isFault:i(s,o)}))}function J(e){let s=e.replace(/^[-!]+/,""),n=(e.length-s.length)%2===1,r=/^("(?:\\.|[^"\\])*"|[^"=!<>~()\s]+)\s*=\s*(?![~=])(.+)$/s.
exec(s);if(!r)return{text:e,negated:n,name:s,values:[]};let a=/^\((.*)\)$/s.exec(r[2]);return{text:e,negated:n,name:r[1],values:a?be(a[1]):[r[2]]}}function be(e){
return(e.match(/"(?:\\.|[^"\\])*"|[^\s,"]+/g)??[]).map(s=>s.trim())}function zt({negated:e,name:s,values:n,text:r}){return n.length===0?r:`${e?"-":""}${s}=${n.length===
1?n[0]:`(${n.join(",")})`}`}var ft=e=>at(e).map(({from:s,to:n})=>e.slice(s,n));function jt(e,s){let n=J(s);for(let r of ft(e).map(J))if(!(r.name!==n.name||!n.values.
every(a=>r.values.includes(a))))return r.negated===n.negated?"included":"excluded";return null}function q(e,s){let n=J(s);return ft(e).flatMap(a=>{let i=J(a);if(i.
name!==n.name)return[a];if(n.values.length===0)return i.values.length===0?[]:[a];let o=i.values.filter(l=>!n.values.includes(l));return o.length===i.values.length?
[a]:o.length===0?[]:[zt({...i,values:o})]}).join(" ")}function X(e,s){let n=J(s),r=!1;return[...ft(q(e,s)).map(i=>{let o=J(i);return r||n.values.length===0||o.values.
length===0||o.name!==n.name||o.negated!==n.negated?i:(r=!0,zt({...o,values:[...o.values,...n.values]}))}),...r?[]:[s]].join(" ")}function it(e,s){return X(q(e,s),
/^[-!]/.test(s)?s.slice(1):`-${s}`)}function Jt({query:e,colors:s,set:n}){let r=y().traces,a=k(),i=_(e.sel),o=nt(e.q,e,i),l=M(P("/compare",{...o,q:_t(e.q)}),{topic:"traces",keep:!0,follow:!1});return t(
H,{resource:l,what:r.tabs.compare,rows:8,children:p=>{let{selected:u,rest:v}=p.sampled,d=i?r.theSelection:p.sel==="error"?r.failedSpans:r.slowestTenth;return u.
traces===0?t(U,{title:r.nothingSelected,children:t("p",{children:r.nothingSelectedText})}):v.traces===0?t(U,{title:r.noRest,children:t("p",{children:r.noRestText})}):
t("div",{class:`apart${l.old?" dimmed":""}`,children:[t("div",{class:"card-head",children:[t("span",{children:[t("b",{children:r.against(d)})," ",t("span",{class:"\
sub",children:r.sampled(a.count(u.traces),a.count(v.traces))})]}),p.cut&&t(O,{tone:"info",children:p.cut}),t("span",{class:"spring"}),t("span",{class:"legend",children:[
t("i",{class:"swatch sel","aria-hidden":"true"})," ",d]}),t("span",{class:"legend",children:[t("i",{class:"swatch rest","aria-hidden":"true"})," ",r.theRest]})]}),
p.items.length===0&&t(U,{title:r.nothingApart,children:t("p",{children:r.nothingApartText})}),p.items.length>0&&t("ol",{class:"apart-list","aria-label":r.tabs.compare,
children:p.items.map(m=>t(he,{item:m,colors:s,q:e.q,set:n},m.terms))}),t(ye,{found:p,colors:s})]})}})}function he({item:e,colors:s,q:n,set:r}){let a=y().traces,
{key:i,value:o,service:l,terms:p}=e;return t("li",{class:"apart-row",children:[t("div",{class:"what",children:[t(V,{name:l,color:s.get(l)}),i!=="service"&&t("sp\
an",{class:"mono clip",title:p,children:i==="error"?a.fails(o):t(C,{children:[i,"=",t("b",{children:o})]})}),e.alike>0&&t("span",{class:"sub nowrap",children:a.
alike(e.alike)})]}),t(Yt,{side:e.selected,class:"sel",name:a.theSelection}),t(Yt,{side:e.rest,class:"rest",name:a.theRest}),t("div",{class:"row tight acts",children:e.
onMatch?t(C,{children:[t("button",{type:"button",class:"btn small",onClick:()=>r({q:X(n,p),sel:"",tab:"results"}),children:a.includeShort}),t("button",{type:"bu\
tton",class:"btn small",onClick:()=>r({q:it(n,e.term),sel:"",tab:"results"}),children:a.excludeShort})]}):t("button",{type:"button",class:"btn small",title:p,onClick:()=>r(
{q:p,sel:"",tab:"results"}),children:a.searchIt})})]})}function Yt({side:e,class:s,name:n}){let r=k();return t("div",{class:"apart-side",children:[t("span",{class:"\
apart-bar","aria-hidden":"true",children:t("i",{class:s,style:{width:`${e.share*100}%`}})}),t("span",{class:"num",children:[t("span",{class:"sr",children:[n," "]}),
r.share(e.share)]}),t("span",{class:"row tight exemplars",children:e.traceIds.slice(0,2).map(a=>t("a",{class:"link mono",href:F("trace",{id:a}),children:Vt(a)},
a))})]})}function ye({found:e,colors:s}){let n=y().traces,r=k();return e.time.length===0?null:t("section",{class:"card-part",children:[t("h3",{children:n.timeSpent}),
t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{scope:"col",children:n.facetNames.service}),t("th",{scope:"col",class:"num",children:n.theSelectionShort}),
t("th",{scope:"col",class:"num",children:n.theRest}),t("th",{scope:"col",class:"num",children:n.difference})]})}),t("tbody",{children:e.time.slice(0,8).map(({service:a,
selectedUs:i,restUs:o})=>t("tr",{children:[t("td",{children:t(V,{name:a||n.unnamed,color:s.get(a)})}),t("td",{class:"num",children:r.duration(i)}),t("td",{class:"\
num",children:r.duration(o)}),t("td",{class:"num",children:r.offset(i-o)})]},a))})]})]})}var Zt="(max-width: 900px)";function W(){let[e,s]=x(()=>matchMedia(Zt).matches);return $(()=>{let n=matchMedia(Zt),r=()=>s(n.matches);return n.addEventListener(
"change",r),()=>n.removeEventListener("change",r)},[]),e}var ve=2e3,Te=18,qt={wide:230,narrow:150},te=e=>P("/aggregate",{...ut(e.q,e),by:"time,duration",buckets:2});function ee({query:e,heat:s,set:n}){let r=y().traces,
a=k(),i=W(),o=s.data,l=j(()=>o&&kt(o),[o]),p=o!==void 0&&o.total.timed>0&&o.total.timed<=ve&&!s.old,u=M(p?P("/scatter",{...ut(e.q,e)}):null,{topic:"traces",follow:!1}).
data,v=j(()=>u?{...u,startMs:u.startUs.map(b=>b/1e3)}:null,[u]);if(!o||!l)return s.problem?t(st,{what:r.chart,problem:s.problem,retry:s.retry}):t(rt,{rows:6});let d=_(
e.sel),m=Tt(l,d),h=e.q.trim()==="",w=b=>(h?r.requests:r.matching)(b,a.count(b)),g=(b,E)=>n({from:new Date(b).toISOString(),to:new Date(E).toISOString(),sel:"",live:!1}),
S=St(l,m),L=i?qt.narrow:qt.wide;return t(C,{children:[t("div",{class:"card-head",children:[t("span",{role:"status",children:d?t(C,{children:[t("b",{children:r.selected(
a.count(S.spans),w(o.total.spans))}),m&&t("span",{class:"sub",children:[" ",f(wt(l,m),l.toMs)]})]}):t("b",{children:w(o.total.spans)})}),o.total.errors>0&&!d&&t(
O,{tone:"crit",children:r.failed(a.count(o.total.errors))}),d&&S.errors>0&&t(O,{tone:"crit",children:r.failed(a.count(S.errors))}),o.cut&&t(O,{tone:"info",children:o.
cut}),t("span",{class:"spring"}),d&&t(C,{children:[t("button",{type:"button",class:"btn small",onClick:()=>g(d.fromMs,d.toMs),children:[t(A,{name:"zoom-in"}),r.
zoomIn]}),t("button",{type:"button",class:"btn small",onClick:()=>n({sel:""}),children:[t(A,{name:"x"}),r.clearSelection]})]}),t("button",{type:"button",class:"\
btn small",onClick:()=>n({table:!e.table}),children:e.table?y().chart.asChart:y().chart.asTable})]}),e.table?t(Ht,{grid:l,label:r.chart,onBox:b=>n({sel:mt(b)})}):
t("div",{style:{minHeight:`${L+Te}px`},children:t(Dt,{label:r.chartLabel(w(o.total.spans),a.count(o.total.errors),a.duration(o.total.durationMaxUs)),grid:l,dots:p?
v:null,box:d,onBox:b=>n({sel:mt(b)}),onZoom:g,onDot:b=>u&&Z(F("trace",{id:u.traceId[b]})),height:L,stripPx:i?0:36,dimmed:s.old})})]});function f({fromMs:b,toMs:E,
fromUs:K,toUs:B},c){let T=m&&l&&m.r0===pt(l).r0&&m.r1===pt(l).r1;return[r.fromTo(a.time(b,c),a.time(E,c)),!T&&r.fromTo(a.duration(K),a.duration(B+1))].filter(Boolean).
join(" · ")}}function re({q:e,onChange:s}){let n=y().traces,r=at(e);return r.length===0?null:t("ul",{class:"chips","aria-label":n.filter,children:r.map(({from:a,to:i})=>{let o=e.
slice(a,i);return t("li",{children:t("button",{type:"button",class:"chip","aria-label":n.remove(o),title:n.remove(o),onClick:()=>s(`${e.slice(0,a)}${e.slice(i)}`.
replace(/\s+/g," ").trim()),children:[t("span",{class:"clip",children:o}),t(A,{name:"x"})]})},a)})})}var gt=6,we=40,bt=e=>P("/facets",{...nt(e.q,e,_(e.sel)),keys:e.keys,limit:we});function se({query:e,set:s}){let n=y().traces,r=W(),a=M(bt(e),{topic:"traces",keep:!0,
follow:!1}),i=a.data?.items.map(l=>l.key)??[],o=(a.data?.tags??[]).filter(l=>!i.includes(l.key));return t("details",{class:"card facets",open:!r,children:[t("su\
mmary",{children:n.facets}),t(H,{resource:a,what:n.facets,rows:8,children:l=>t("div",{class:a.old?"dimmed":void 0,children:[l.cut&&t(O,{tone:"info",children:l.cut}),
l.items.map(p=>t(Se,{facet:p,q:e.q,hasSelection:l.selected!==null,onFilter:u=>s({q:u}),onRemove:i.length>1?()=>s({keys:i.filter(u=>u!==p.key).join(",")}):void 0},
p.key)),o.length>0&&t("label",{class:"field",children:[n.addFacet,t("select",{class:"input",value:"",onChange:p=>s({keys:[...i,p.currentTarget.value].join(",")}),
children:[t("option",{value:""}),o.map(p=>t("option",{value:p.key,children:p.key},p.key))]})]}),e.keys&&t("button",{type:"button",class:"btn small quiet",onClick:()=>s(
{keys:""}),children:n.usualFacets})]})})]})}function Se({facet:e,q:s,hasSelection:n,onFilter:r,onRemove:a}){let i=y().traces,o=k(),[l,p]=x(!1),u=i.facetNames[e.
key]??e.key,v=e.items.reduce((h,{spans:w})=>Math.max(h,w),1),d=l?e.items:e.items.slice(0,gt),m=h=>e.key==="error"?h==="true"?i.failedValue:i.goodValue:h;return t(
"section",{class:"facet","aria-label":u,children:[t("h3",{children:[t("span",{class:"clip spring",title:e.key,children:u}),t("span",{class:"sub",children:o.count(
e.values)}),a&&t("button",{type:"button",class:"btn small icon-only quiet","aria-label":i.removeFacet(u),title:i.removeFacet(u),onClick:a,children:t(A,{name:"x"})})]}),
d.map(({value:h,term:w,spans:g,errors:S,selected:L})=>{let f=jt(s,w),b=m(h),E=n?i.ofAll(o.count(L??0),o.count(g)):o.count(g);return t("div",{class:`value ${f??""}`,
children:[t("button",{type:"button",class:"take","aria-pressed":f==="included",title:w,onClick:()=>r(f==="included"?q(s,w):X(s,w)),children:[t("i",{class:"share",
style:{width:`${Math.max(1,g/v*100)}%`}}),S>0&&e.key!=="error"&&t("i",{class:"share bad",style:{width:`${Math.max(1,S/v*100)}%`}}),t("span",{class:"clip",children:b}),
t("span",{class:"num sub",children:E})]}),t("button",{type:"button",class:"btn small icon-only quiet","aria-pressed":f==="excluded","aria-label":i.exclude(`${u}\
 ${b}`),title:i.exclude(b),onClick:()=>r(f==="excluded"?q(s,w):it(s,w)),children:t(A,{name:"minus"})})]},h)}),e.items.length>gt&&t("button",{type:"button",class:"\
btn small quiet","aria-expanded":l,onClick:()=>p(!l),children:l?i.fewer:i.moreValues(o.count(e.items.length-gt))}),e.without>0&&t("span",{class:"sub",children:i.
withoutValue(o.count(e.without))})]})}var ke=90;function oe({q:e,fault:s,onRun:n,onTraceId:r}){let a=y(),i=N(null),o=N(null),[l,p]=x(e),[u,v]=x([]),[d,m]=x(-1),[h,w]=x(null),g=N({});$(()=>{p(e),w(null)},
[e]),$(()=>{s&&w({message:s.message,from:G(e,s.at?.from??0),to:G(e,s.at?.to??0)})},[s?.message,s?.at?.from,e]),$(()=>()=>S(),[]);function S(){clearTimeout(g.current.
timer),g.current.request?.abort()}function L(c,T,R=ke){S(),g.current.timer=setTimeout(()=>{let I=new AbortController;g.current.request=I;let z=P("/complete",{q:c,
pos:Gt(c,T)});tt(z,et.peek(),I.signal).then(Q=>{if(document.activeElement!==i.current)return;v(Q.items),m(-1);let D=Q.error&&{message:Q.error.message,from:G(c,Q.
error.from),to:G(c,Q.error.to)};w(D&&(T<D.from||T>D.to)?D:null)},()=>v([]))},R)}function f(){S(),v([]),m(-1)}function b(c){f();let T=dt(c);T?r(T):c.trim()!==e&&
n(c.trim())}function E(c){let T=G(l,c.from),R=G(l,c.to),I=c.kind==="name"||c.kind==="operator"||/[=<>~(]$/.test(c.text),z=l.slice(R),Q=I||z.startsWith(" ")?c.text:
`${c.text} `,D=l.slice(0,T)+Q+z;p(D);let ct=T+Q.length;requestAnimationFrame(()=>i.current?.setSelectionRange(ct,ct)),I?L(D,ct,0):b(D)}function K(c){if(c.isComposing)
return;let T=c.key==="ArrowDown"?1:c.key==="ArrowUp"?-1:0;T!==0?(c.preventDefault(),u.length===0?L(l,i.current?.selectionStart??l.length,0):m((d+T+u.length+(d<0&&
T<0?1:0))%u.length)):c.key==="Enter"?(c.preventDefault(),d>=0&&u[d]?E(u[d]):b(l)):c.key==="Tab"&&d>=0&&u[d]?(c.preventDefault(),E(u[d])):c.key==="Escape"&&(u.length>
0?f():i.current?.blur())}let B=u.length>0;return t("div",{class:"filter-box",children:[t("div",{class:`filter${h?" faulty":""}`,children:[t(A,{name:"search"}),t(
"div",{class:"filter-field",children:[t("div",{class:"filter-marks","aria-hidden":"true",ref:o,children:Xt(l,h).map((c,T)=>t("span",{class:`${c.isTerm?"term":""}${c.
isFault?" fault":""}`,children:c.text},T))}),t("input",{ref:i,"data-filter":!0,type:"text",role:"combobox","aria-label":a.traces.filter,"aria-expanded":B,"aria-\
controls":"filter-options","aria-autocomplete":"list","aria-activedescendant":d>=0?`filter-option-${d}`:void 0,"aria-invalid":h!==null,"aria-describedby":"filte\
r-words",placeholder:a.traces.placeholder,autocomplete:"off",autocapitalize:"off",spellcheck:!1,value:l,onInput:c=>{let{value:T,selectionStart:R}=c.currentTarget,
I=c.inputType==="insertFromPaste"?dt(T):null;p(T),I?r(I):L(T,R??T.length)},onFocus:c=>L(l,c.currentTarget.selectionStart??l.length),onBlur:f,onKeyDown:K,onScroll:c=>o.
current&&(o.current.style.transform=`translateX(${-c.currentTarget.scrollLeft}px)`)})]}),l!==""&&t("button",{type:"button",class:"btn small icon-only quiet","ar\
ia-label":a.traces.clear,title:a.traces.clear,onClick:()=>{p(""),b(""),i.current?.focus()},children:t(A,{name:"x"})})]}),t("div",{id:"filter-options",class:"opt\
ions",role:"listbox","aria-label":a.traces.suggestions,hidden:!B,children:u.map((c,T)=>t("div",{id:`filter-option-${T}`,class:"option",role:"option","aria-selec\
ted":T===d,onPointerDown:R=>{R.preventDefault(),E(c)},children:[t("span",{class:"mono clip spring",children:c.text}),c.spans!==void 0&&t("span",{class:"num sub",
title:a.traces.seenSpans(k().count(c.spans)),children:k().count(c.spans)}),t("span",{class:"sub nowrap",children:a.traces.kinds[c.kind]??c.kind})]},`${c.kind} ${c.
text}`))}),t("p",{id:"filter-words",class:h?"filter-fault":"sr",children:h?`${a.traces.filterFault}: ${h.message}`:a.traces.hint}),t("span",{class:"sr",role:"st\
atus",children:B?a.traces.suggestionCount(u.length):""})]})}function ne({hint:e}){let s=y().traces,n=[["service=checkout error",s.helpTerms.all],["service=checkout",s.helpTerms.service],['op="get /profile/{id}"',s.helpTerms.
op],["service=(rank,user)",s.helpTerms.any],["-service=health",s.helpTerms.not],["duration>200ms http.status_code>=500",s.helpTerms.number],["http.url",s.helpTerms.
exists],["op=~^get",s.helpTerms.regex]];return t("section",{class:"card",children:[t("h2",{children:s.help}),e&&t("p",{class:"muted",children:e}),t("table",{class:"\
pairs filter-help",children:t("tbody",{children:n.map(([r,a])=>t("tr",{children:[t("th",{scope:"row",children:r}),t("td",{children:a})]},r))})})]})}var xe=8;function lt({label:e,columns:s,rows:n,rowPx:r,rowKey:a,rowHref:i,rowClass:o,sorted:l,onSort:p,keys:u,dimmed:v,class:d}){let m=N(null),h=Pe(m,n.length,r),
[w,g]=x(-1),S=c=>m.current?.querySelector(`tr[aria-rowindex="${c+2}"] a`),L=()=>Number(document.activeElement?.closest("tr[aria-rowindex]")?.getAttribute("aria-\
rowindex")??1)-2,f=c=>{let T=L(),R=T<0?c>0?0:n.length-1:Math.min(n.length-1,Math.max(0,T+c)),I=S(R);if(!I){let z=m.current.getBoundingClientRect().top+scrollY;scrollTo(
0,z+R*r-innerHeight/2),g(R);return}I.focus({preventScroll:!0}),I.closest("tr")?.scrollIntoView({block:"nearest"})};$(()=>{let c=w<0?null:S(w);c&&(c.focus({preventScroll:!0}),
g(-1))},[w,h.first,h.end]);let b=()=>n[L()],K=Mt(f,()=>{let c=b();return c&&i(c)},u?.(b)),B=c=>c>0&&t("tr",{class:"gap","aria-hidden":"true",style:{height:`${c*
r}px`},children:t("td",{colSpan:s.length})});return t("table",{"aria-label":e,"aria-rowcount":n.length+1,class:`long ${d??""}${v?" dimmed":""}`,style:{"--row":`${r}\
px`},children:[t("thead",{children:t("tr",{"aria-rowindex":1,children:s.map(c=>t("th",{scope:"col",class:ae(c,!1),"aria-sort":c.sort&&l?.by===c.sort?l.direction:
void 0,children:c.sort&&p?t("button",{type:"button",class:"sort",onClick:()=>p(c.sort),children:[c.head,t("span",{"aria-hidden":"true",children:l?.by===c.sort?l.
direction==="descending"?"↓":"↑":""})]}):c.head},c.key))})}),t("tbody",{ref:m,onKeyDown:K,children:[B(h.first),n.slice(h.first,h.end).map((c,T)=>t("tr",{class:`\
go ${o?.(c)??""}`,"aria-rowindex":h.first+T+2,onClick:R=>At(R,i(c)),children:s.map(R=>t("td",{class:ae(R,!0),children:R.cell(c)},R.key))},a(c))),B(n.length-h.end)]})]})}
function Pe(e,s,n){let r=()=>{let o=e.current?.getBoundingClientRect().top??0;return Kt(Math.max(0,-o),innerHeight-Math.max(0,o),n,s,xe)},[a,i]=x({first:0,end:Math.
min(s,40)});return yt(()=>{let o=0,l=()=>{o=0;let u=r();i(v=>v.first===u.first&&v.end===u.end?v:u)},p=()=>o||=requestAnimationFrame(l);return l(),addEventListener(
"scroll",p,{passive:!0}),addEventListener("resize",p),()=>{cancelAnimationFrame(o),removeEventListener("scroll",p),removeEventListener("resize",p)}},[s,n]),{first:Math.
min(a.first,s),end:Math.min(a.end,s)}}function ae(e,s){return[e.num&&"num",e.wideOnly&&"hide-s",s&&e.class].filter(Boolean).join(" ")||void 0}var Re=200,Oe=["service","op"],Ee=["service","op","tag.error","http.status_code"],ie={wide:40,narrow:60};function ce({query:e,colors:s,set:n}){let r=y().traces,
a=e.by?e.by.split(","):Oe,i=o=>r.facetNames[o]??o;return t(C,{children:[t("form",{class:"row tight by",onSubmit:o=>{o.preventDefault();let l=o.currentTarget.elements.
namedItem("by"),p=[...a,l.value.trim()].filter((u,v,d)=>u&&d.indexOf(u)===v).slice(0,4);l.value="",n({by:p.join(",")})},children:[t("span",{class:"sub",children:r.
groupBy}),a.map(o=>t("button",{type:"button",class:"chip",disabled:a.length===1,"aria-label":r.remove(i(o)),title:r.remove(i(o)),onClick:()=>n({by:a.filter(l=>l!==
o).join(",")}),children:[i(o),t("span",{"aria-hidden":"true",children:"✕"})]},o)),a.length<4&&t("input",{class:"input",name:"by",list:"by-names","aria-label":r.
groupByMore,placeholder:r.groupByMore}),t("datalist",{id:"by-names",children:Object.keys(r.facetNames).map(o=>t("option",{value:o},o))})]}),t(me,{query:e,colors:s,
extra:"",by:a,label:r.tabs.groups,none:t(U,{title:r.noneInRange})})]})}function pe({query:e,colors:s}){let n=y().traces;return t(me,{query:e,colors:s,extra:"err\
or",by:Ee,label:n.tabs.errors,none:t(U,{title:n.noErrors,tone:"ok",children:t("p",{children:n.noErrorsText})})})}var le={spans:e=>e.spans,errors:e=>e.errors/e.spans,
p50:e=>e.p50Us??0,p90:e=>e.p90Us??0,p99:e=>e.p99Us??0,sum:e=>e.durationSumUs};function me({query:e,colors:s,extra:n,by:r,label:a,none:i}){let o=y().traces,l=k(),
p=W(),[u,v]=x("spans"),d=ot(e.q,e,_(e.sel)),m=`${d.q} ${n}`.trim(),h=M(P("/aggregate",{...d,q:m,by:r.join(","),histogram:"duration",limit:Re}),{topic:"traces",keep:!0,
follow:!1}),w=f=>(f.terms??[]).filter(b=>b!==null),g=f=>F("traces",{},{...e,by:"",sort:"newest",tab:"results",q:[...w(f),...n?[n]:[]].reduce(X,e.q)}),S=(f,b,E,K=!0)=>({
key:f,head:b,sort:f,cell:E,num:!0,wideOnly:K}),L=[{key:"key",head:r.map(f=>o.facetNames[f]??f.replace(/^tag\./,"")).join(" · "),class:"trace-root",cell:f=>t("a",
{class:"root",href:g(f),children:r.map((b,E)=>t(Ce,{name:b,part:f.key[E],colors:s},b))})},S("spans",o.spans,f=>l.count(f.spans),!1),...n?[]:[S("errors",o.errorShare,
f=>f.errors>0?t(O,{tone:"crit",children:l.share(f.errors/f.spans)}):l.share(0),!1)],S("p50",o.median,f=>l.duration(f.p50Us??0)),S("p90",o.p90,f=>l.duration(f.p90Us??
0)),S("p99",o.p99,f=>l.duration(f.p99Us??0)),S("sum",o.timeShare,f=>l.share(f.durationSumUs/Math.max(1,h.data?.total.durationSumUs??1)))];return t(H,{resource:h,
what:a,rows:8,children:f=>f.items.length===0?i:t(C,{children:[t("div",{class:"card-head",children:[t("span",{class:"muted",role:"status",children:f.rest.groups>
0?o.groupsOf(l.count(f.items.length),l.count(f.items.length+f.rest.groups)):o.groupCount(f.items.length,l.count(f.items.length))}),f.cut&&t(O,{tone:"info",children:f.
cut})]}),t(lt,{label:a,columns:L,rows:[...f.items].sort((b,E)=>le[u](E)-le[u](b)),rowPx:p?ie.narrow:ie.wide,rowKey:b=>JSON.stringify(b.key),rowHref:g,sorted:{by:u,
direction:"descending"},onSort:v,dimmed:h.old,class:"trace-table"})]})})}function Ce({name:e,part:s,colors:n}){let r=y().traces;if(e==="service"&&typeof s=="str\
ing")return t(V,{name:s,color:n.get(s)});if(typeof s=="boolean")return t("span",{class:"muted",children:s?r.failedValue:r.goodValue});let a=k();return t("span",
{class:"muted",children:s===null?r.noValue:typeof s=="object"?r.fromTo(a.duration(s.fromUs),a.duration(s.toUs+1)):s})}var Me=["curl","OpenTelemetry","Spring Boot"];function Ae(e,s){switch(e){case"curl":return`curl -sS ${s}/api/v2/spans -H 'content-type: application/json' -d '[{\

  "traceId":"5af7183fb1d4cf5f","id":"6b221d5bc9e6496c","name":"hello",
  "timestamp":'$(date +%s)000000',"duration":12000,"kind":"SERVER",
  "localEndpoint":{"serviceName":"my-service"}}]'`;case"OpenTelemetry":return`OTEL_SERVICE_NAME=my-service
OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf
OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=${s}/v1/traces`;case"Spring Boot":return`management.tracing.sampling.probability=1.0
management.zipkin.tracing.endpoint=${s}/api/v2/spans`}}function ue(){let e=y(),[s,n]=x("curl"),r=Ae(s,location.origin);return t(U,{title:e.first.title,children:[
t("p",{children:e.first.text}),t("div",{class:"seg",role:"group","aria-label":e.first.tabs,children:Me.map(a=>t("button",{type:"button","aria-pressed":a===s,onClick:()=>n(
a),children:a},a))}),t("div",{class:"snippet",children:[t("pre",{tabIndex:0,children:r}),t("button",{type:"button",class:"btn small",onClick:()=>{Ot(r)},children:[
t(A,{name:"copy"}),e.shell.copy]})]}),t("div",{class:"row",children:[t(O,{tone:"none",children:e.first.waiting}),t("span",{class:"muted",children:e.first.demo})]})]})}var Le={"15m":"1h","1h":"6h","6h":"24h","24h":"7d","2d":"7d"};function ht({query:e,nothingEver:s,set:n}){let r=y().traces,a=k(),i=e.q!==""||e.sel!=="",o=M(s||!i?
null:P("/aggregate",{...Lt(e)})),l=M(s?null:P("/store"));if(s)return t(ue,{});if(o.loading||l.loading)return t(rt,{rows:3});let p=Y(e)?"24h":Le[e.t],u=Ft(e),v=o.
data?.total.spans??0,d=l.data?.retention?.maxAgeUs,m=d!=null&&Y(e)&&Date.parse(e.to)<Date.now()-d/1e3,[h,w]=m?[r.expired,r.expiredText(a.length(d))]:v>0?[r.noneMatch,
r.noneMatchText(u,v,a.count(v))]:[r.noneInRange,r.noneInRangeText(u)];return t(U,{title:h,children:[t("p",{children:w}),t("div",{class:"row tight",children:[e.sel&&
t("button",{type:"button",class:"btn",onClick:()=>n({sel:""}),children:r.clearSelection}),e.q&&t("a",{class:"btn",href:F("traces",{},{...e,q:"",sel:""}),children:r.
clear}),p&&t("button",{type:"button",class:"btn",onClick:()=>n({t:p,from:"",to:"",sel:""}),children:r.widen(r.last(a.window(p)))})]})]})}var de=3,fe={comfortable:40,dense:28,narrow:60};function Fe(e,s){let n={newest:null,slowest:null,spans:r=>r.spans,nservices:r=>r.services.length,errors:r=>r.errors}[s];
return n?[...e].sort((r,a)=>n(a)-n(r)||a.startUs-r.startUs):e}function ge({traces:e,colors:s,sort:n,onSort:r,dimmed:a}){let i=y().traces,o=k(),l=W(),p=e.reduce(
(m,h)=>Math.max(m,h.durationUs),1),u=m=>o.time(m.startUs/1e3,Rt.value),v=[{key:"start",head:i.start,sort:"newest",cell:u,wideOnly:!0,class:"sub"},{key:"root",head:i.
root,class:"trace-root",cell:m=>t(C,{children:[t("a",{class:"root",href:F("trace",{id:m.traceId}),children:[t(Nt,{color:s.get(m.root.service)}),t("b",{children:m.
root.service||i.unnamed})," ",t("span",{class:"muted",children:m.root.name})]}),t("span",{class:"sub only-s",children:[u(m),i.nSpans(m.spans,o.count(m.spans)),i.
nServices(m.services.length)].join(" · ")})]})},{key:"duration",head:i.duration,sort:"slowest",class:"trace-duration",cell:m=>t("span",{class:"duration",children:[
t("span",{class:"num",children:o.duration(m.durationUs)}),t("span",{class:"bar hide-s","aria-hidden":"true",children:t("i",{style:{width:`${Math.max(1,Math.sqrt(
m.durationUs/p)*100)}%`}})})]})},{key:"spans",head:i.spans,sort:"spans",cell:m=>o.count(m.spans),num:!0,wideOnly:!0},{key:"nservices",head:i.servicesShort,sort:"\
nservices",cell:m=>o.count(m.services.length),num:!0,wideOnly:!0},{key:"errors",head:i.errors,sort:"errors",cell:m=>m.errors>0&&t(O,{tone:"crit",children:[o.count(
m.errors),t("span",{class:"sr",children:[" ",i.errors]})]})},{key:"services",head:i.services,cell:m=>t(Ie,{trace:m,colors:s}),wideOnly:!0}],d=y().compare.mark;return t(
lt,{label:i.table,columns:v,rows:Fe(e,n),rowPx:l?fe.narrow:fe[Qt.value],rowKey:m=>m.traceId,rowHref:m=>F("trace",{id:m.traceId}),rowClass:m=>$t.value===m.traceId?
"marked":"",sorted:{by:n,direction:"descending"},onSort:m=>r(m),keys:m=>[{keys:"x",label:d,group:"list",run:()=>{m()&&Ut(m().traceId)}}],dimmed:a,class:"trace-t\
able"})}function Ie({trace:e,colors:s}){let n=e.services.slice(de);return t("span",{class:"services",children:[e.services.slice(0,de).map(r=>t(V,{name:r.name,color:s.
get(r.name)},r.name)),n.length>0&&t("span",{class:"sub",title:n.map(r=>r.name).join(", "),children:y().traces.more(n.length)})]})}var $e=1e3,Ue=5e3,Ne=200;function yo({query:e}){let s=y();Bt(s.traces.title,e.q?`${e.q} · ${s.traces.title}`:s.traces.title);let n=_e(e),r=M(P("/traces",n),{topic:"\
traces",keep:!0,follow:!1}),a=M(te(e),{topic:"traces",keep:!0,follow:!1}),i=M(bt(e),{topic:"traces",follow:!1}),o=M(P("/services"),{topic:"traces"}).data,l=j(()=>new Map(
(o?.items??[]).map(g=>[g.name,g.color])),[o]),p=()=>[r,a,i].forEach(g=>g.retry()),u=r.data?.items.length===0,v=e.live&&!Y(e);De((u||v)&&!r.loading,u?$e:Ue,p);let d=g=>Z(
F("traces",{},{...e,...g})),m=r.problem?.status===400&&r.problem.at?r.problem:null,h=o?.items.length===0,w=u&&!e.sel&&e.tab==="results";return t(C,{children:[t(
"div",{class:"row filter-row",children:[t(oe,{q:e.q,fault:m&&{message:m.detail??m.title,at:m.at},onRun:g=>d({q:g,sel:""}),onTraceId:g=>Z(F("trace",{id:g}))}),t(
"button",{type:"button",class:"btn","aria-pressed":v,disabled:Y(e),title:s.traces.liveHint,onClick:()=>d({live:!e.live}),children:[t(A,{name:"activity"}),s.traces.
live]}),t(It,{range:e,onChange:g=>d({...g,sel:""})})]}),t(re,{q:e.q,onChange:g=>d({q:g,sel:""})}),r.old&&r.problem&&!m&&t(Et,{resource:r,what:s.traces.title}),m?
t(ne,{hint:m.hint}):w?t("section",{class:"card flush",children:t(ht,{query:e,nothingEver:h??!1,set:d})}):t(C,{children:[t("section",{class:"card","aria-label":s.
traces.chart,children:t(ee,{query:e,heat:a,set:d})}),t("div",{class:"explore",children:[t(se,{query:e,set:g=>d("q"in g?{...g,sel:""}:g)}),t("section",{class:"ca\
rd flush found",children:t(Wt,{label:s.traces.views,tabs:Ct.map(g=>[g,s.traces.tabs[g]]),chosen:e.tab,onChoose:g=>d({tab:g}),children:[e.tab==="results"&&t(Be,{
query:e,list:r,colors:l,refresh:p,set:d,parameters:n}),e.tab==="compare"&&t(Jt,{query:e,colors:l,set:d}),e.tab==="groups"&&t(ce,{query:e,colors:l,set:d}),e.tab===
"errors"&&t(pe,{query:e,colors:l,set:d})]})})]})]})]})}function _e(e){return{...ot(e.q,e,_(e.sel)),...e.sort==="slowest"?{sort:"slowest",limit:Ne}:{}}}function Be({
query:e,list:s,colors:n,parameters:r,refresh:a,set:i}){let o=y().traces,l=k(),p=Qe(s.data,d=>P("/traces",{...r,cursor:d})),u=j(()=>[...s.data?.items??[],...p.pages.
flatMap(d=>d.items)],[s.data,p.pages]),v=e.sort==="slowest"?o.summarySlowest:e.sort!=="newest"&&p.next?o.summarySorted:p.next?o.summaryMore:o.summary;return t(H,
{resource:s,what:o.title,rows:12,children:d=>u.length===0?t(ht,{query:e,nothingEver:!1,set:i}):t(C,{children:[t("div",{class:"card-head",children:[t("span",{class:"\
muted",role:"status",children:v(l.count(u.length),l.duration(d.tookUs))}),d.cut&&t(O,{tone:"info",children:d.cut}),t("span",{class:"spring"}),s.outdated&&xt.value!==
"paused"&&!s.loading&&!e.live&&t("button",{type:"button",class:"btn small",onClick:a,children:[t(A,{name:"refresh"}),o.fresh]})]}),t(ge,{traces:u,colors:n,sort:e.
sort,onSort:m=>i({sort:m}),dimmed:s.old}),t("div",{class:"list-end",children:[p.problem&&t(st,{what:o.title,problem:p.problem,retry:p.load}),p.next&&!p.problem&&
t("button",{type:"button",class:"btn",disabled:p.loading,onClick:p.load,children:p.loading?y().state.loading:o.loadMore}),!p.next&&p.pages.length>0&&t("span",{class:"\
sub",children:o.end})]})]})})}function Qe(e,s){let n={of:e,pages:[],loading:!1,problem:null},[r,a]=x(n),i=r.of===e?r:n,o=(i.pages.at(-1)??e)?.next??null,l=N(e);
l.current=e;let p=()=>{o&&(a({...i,loading:!0,problem:null}),tt(s(o),et.peek()).then(u=>l.current===e&&a({of:e,pages:[...i.pages,u],loading:!1,problem:null}),u=>l.
current===e&&a({...i,loading:!1,problem:u instanceof vt?u.problem:{title:String(u),status:0}})))};return{pages:i.pages,next:o,loading:i.loading,problem:i.problem,
load:p}}function De(e,s,n){let r=Pt.value,a=N(void 0),i=N(n);i.current=n,$(()=>{e?r>0&&(a.current??=setTimeout(()=>{a.current=void 0,document.hidden||i.current()},
s)):(clearTimeout(a.current),a.current=void 0)},[e,r]),$(()=>()=>clearTimeout(a.current),[])}export{yo as TracesPage};
