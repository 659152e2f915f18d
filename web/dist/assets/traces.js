import{$b as Ht,Ea as M,Eb as _t,F as et,Ga as Y,H as h,Ha as At,I as S,Ia as Mt,Ja as Lt,M as A,N as xt,Nb as Bt,O as Pt,P as Rt,Ra as Ft,Sa as It,Sb as ot,Ta as $t,
Tb as U,Ua as V,Ub as nt,Wb as Dt,Xb as H,_b as Qt,a as C,bc as Wt,c as P,cc as Kt,d as $,e as yt,ea as Ot,f as N,g as j,gc as dt,h as t,hc as Vt,ia as E,j as R,
k as vt,l as tt,ma as Et,o as wt,oa as F,p as Tt,q as kt,r as pt,rb as Ut,sa as Z,sb as Nt,t as _,tb as ut,u as mt,ub as rt,vb as st,wa as Ct,x as St}from"./chunk.js";function at(e){let s=[],n=-1,r=!1,a=0;for(let i=0;i<e.length;i++){let o=e[i];if(r){o==="\\"?i++:o==='"'&&(r=!1);continue}if(/\s/.test(o)&&a===0){n>=0&&s.push({from:n,
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
/^[-!]/.test(s)?s.slice(1):`-${s}`)}function Jt({query:e,colors:s,set:n}){let r=h().traces,a=S(),i=_(e.sel),o=st(e.q,e,i),l=A(R("/compare",{...o,q:Nt(e.q)}),{topic:"traces",keep:!0,follow:!1});return t(
H,{resource:l,what:r.tabs.compare,rows:8,children:p=>{let{selected:u,rest:y}=p.sampled,d=i?r.theSelection:p.sel==="error"?r.failedSpans:r.slowestTenth;return u.
traces===0?t(U,{title:r.nothingSelected,children:t("p",{children:r.nothingSelectedText})}):y.traces===0?t(U,{title:r.noRest,children:t("p",{children:r.noRestText})}):
t("div",{class:`apart${l.old?" dimmed":""}`,children:[t("div",{class:"card-head",children:[t("span",{children:[t("b",{children:r.against(d)})," ",t("span",{class:"\
sub",children:r.sampled(a.count(u.traces),a.count(y.traces))})]}),p.cut&&t(E,{tone:"info",children:p.cut}),t("span",{class:"spring"}),t("span",{class:"legend",children:[
t("i",{class:"swatch sel","aria-hidden":"true"})," ",d]}),t("span",{class:"legend",children:[t("i",{class:"swatch rest","aria-hidden":"true"})," ",r.theRest]})]}),
p.items.length===0&&t(U,{title:r.nothingApart,children:t("p",{children:r.nothingApartText})}),p.items.length>0&&t("ol",{class:"apart-list","aria-label":r.tabs.compare,
children:p.items.map(m=>t(he,{item:m,colors:s,q:e.q,set:n},m.terms))}),t(ye,{found:p,colors:s})]})}})}function he({item:e,colors:s,q:n,set:r}){let a=h().traces,
{key:i,value:o,service:l,terms:p}=e;return t("li",{class:"apart-row",children:[t("div",{class:"what",children:[t(V,{name:l,color:s.get(l)}),i!=="service"&&t("sp\
an",{class:"mono clip",title:p,children:i==="error"?a.fails(o):t(C,{children:[i,"=",t("b",{children:o})]})}),e.alike>0&&t("span",{class:"sub nowrap",children:a.
alike(e.alike)})]}),t(Yt,{side:e.selected,class:"sel",name:a.theSelection}),t(Yt,{side:e.rest,class:"rest",name:a.theRest}),t("div",{class:"row tight acts",children:e.
onMatch?t(C,{children:[t("button",{type:"button",class:"btn small",onClick:()=>r({q:X(n,p),sel:"",tab:"results"}),children:a.includeShort}),t("button",{type:"bu\
tton",class:"btn small",onClick:()=>r({q:it(n,e.term),sel:"",tab:"results"}),children:a.excludeShort})]}):t("button",{type:"button",class:"btn small",title:p,onClick:()=>r(
{q:p,sel:"",tab:"results"}),children:a.searchIt})})]})}function Yt({side:e,class:s,name:n}){let r=S();return t("div",{class:"apart-side",children:[t("span",{class:"\
apart-bar","aria-hidden":"true",children:t("i",{class:s,style:{width:`${e.share*100}%`}})}),t("span",{class:"num",children:[t("span",{class:"sr",children:[n," "]}),
r.share(e.share)]}),t("span",{class:"row tight exemplars",children:e.traceIds.slice(0,2).map(a=>t("a",{class:"link mono",href:F("trace",{id:a}),children:Vt(a)},
a))})]})}function ye({found:e,colors:s}){let n=h().traces,r=S();return e.time.length===0?null:t("section",{class:"card-part",children:[t("h3",{children:n.timeSpent}),
t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{scope:"col",children:n.facetNames.service}),t("th",{scope:"col",class:"num",children:n.theSelectionShort}),
t("th",{scope:"col",class:"num",children:n.theRest}),t("th",{scope:"col",class:"num",children:n.difference})]})}),t("tbody",{children:e.time.slice(0,8).map(({service:a,
selectedUs:i,restUs:o})=>t("tr",{children:[t("td",{children:t(V,{name:a||n.unnamed,color:s.get(a)})}),t("td",{class:"num",children:r.duration(i)}),t("td",{class:"\
num",children:r.duration(o)}),t("td",{class:"num",children:r.offset(i-o)})]},a))})]})]})}var Zt="(max-width: 900px)";function W(){let[e,s]=P(()=>matchMedia(Zt).matches);return $(()=>{let n=matchMedia(Zt),r=()=>s(n.matches);return n.addEventListener(
"change",r),()=>n.removeEventListener("change",r)},[]),e}var ve=2e3,we=18,qt={wide:230,narrow:150},te=e=>R("/aggregate",{...ut(e.q,e),by:"time,duration",buckets:2});function ee({query:e,heat:s,set:n}){let r=h().traces,
a=S(),i=W(),o=s.data,l=j(()=>o&&St(o),[o]),p=o!==void 0&&o.total.timed>0&&o.total.timed<=ve&&!s.old,u=A(p?R("/scatter",{...ut(e.q,e)}):null,{topic:"traces",follow:!1}).
data,y=j(()=>u?{...u,startMs:u.startUs.map(b=>b/1e3)}:null,[u]);if(!o||!l)return s.problem?t(nt,{what:r.chart,problem:s.problem,retry:s.retry}):t(ot,{rows:6});let d=_(
e.sel),m=wt(l,d),v=e.q.trim()==="",w=b=>(v?r.requests:r.matching)(b,a.count(b)),g=(b,x)=>n({from:new Date(b).toISOString(),to:new Date(x).toISOString(),sel:"",live:!1}),
k=kt(l,m),L=i?qt.narrow:qt.wide;return t(C,{children:[t("div",{class:"card-head",children:[t("span",{role:"status",children:d?t(C,{children:[t("b",{children:r.selected(
a.count(k.spans),w(o.total.spans))}),m&&t("span",{class:"sub",children:[" ",f(Tt(l,m),l.toMs)]})]}):t("b",{children:w(o.total.spans)})}),o.total.errors>0&&!d&&t(
E,{tone:"crit",children:r.failed(a.count(o.total.errors))}),d&&k.errors>0&&t(E,{tone:"crit",children:r.failed(a.count(k.errors))}),o.cut&&t(E,{tone:"info",children:o.
cut}),t("span",{class:"spring"}),d&&t(C,{children:[t("button",{type:"button",class:"btn small",onClick:()=>g(d.fromMs,d.toMs),children:[t(M,{name:"zoom-in"}),r.
zoomIn]}),t("button",{type:"button",class:"btn small",onClick:()=>n({sel:""}),children:[t(M,{name:"x"}),r.clearSelection]})]}),t("button",{type:"button",class:"\
btn small",onClick:()=>n({table:!e.table}),children:e.table?h().chart.asChart:h().chart.asTable})]}),e.table?t(Ht,{grid:l,label:r.chart,onBox:b=>n({sel:mt(b)})}):
t("div",{style:{minHeight:`${L+we}px`},children:t(Qt,{label:r.chartLabel(w(o.total.spans),a.count(o.total.errors),a.duration(o.total.durationMaxUs)),grid:l,dots:p?
y:null,box:d,onBox:b=>n({sel:mt(b)}),onZoom:g,onDot:b=>u&&Z(F("trace",{id:u.traceId[b]})),height:L,stripPx:i?0:36,dimmed:s.old})})]});function f({fromMs:b,toMs:x,
fromUs:K,toUs:B},c){let T=m&&l&&m.r0===pt(l).r0&&m.r1===pt(l).r1;return[r.fromTo(a.time(b,c),a.time(x,c)),!T&&r.fromTo(a.duration(K),a.duration(B+1))].filter(Boolean).
join(" · ")}}function re({q:e,onChange:s}){let n=h().traces,r=at(e);return r.length===0?null:t("ul",{class:"chips","aria-label":n.filter,children:r.map(({from:a,to:i})=>{let o=e.
slice(a,i);return t("li",{children:t("button",{type:"button",class:"chip","aria-label":n.remove(o),title:n.remove(o),onClick:()=>s(`${e.slice(0,a)}${e.slice(i)}`.
replace(/\s+/g," ").trim()),children:[t("span",{class:"clip",children:o}),t(M,{name:"x"})]})},a)})})}var gt=6,Te=40,bt=e=>R("/facets",{...st(e.q,e,_(e.sel)),keys:e.keys,limit:Te});function se({query:e,set:s}){let n=h().traces,r=W(),a=A(bt(e),{topic:"traces",keep:!0,
follow:!1}),i=a.data?.items.map(l=>l.key)??[],o=(a.data?.tags??[]).filter(l=>!i.includes(l.key));return t("details",{class:"card facets",open:!r,children:[t("su\
mmary",{children:n.facets}),t(H,{resource:a,what:n.facets,rows:8,children:l=>t("div",{class:a.old?"dimmed":void 0,children:[l.cut&&t(E,{tone:"info",children:l.cut}),
l.items.map(p=>t(ke,{facet:p,q:e.q,hasSelection:l.selected!==null,onFilter:u=>s({q:u}),onRemove:i.length>1?()=>s({keys:i.filter(u=>u!==p.key).join(",")}):void 0},
p.key)),o.length>0&&t("label",{class:"field",children:[n.addFacet,t("select",{class:"input",value:"",onChange:p=>s({keys:[...i,p.currentTarget.value].join(",")}),
children:[t("option",{value:""}),o.map(p=>t("option",{value:p.key,children:p.key},p.key))]})]}),e.keys&&t("button",{type:"button",class:"btn small quiet",onClick:()=>s(
{keys:""}),children:n.usualFacets})]})})]})}function ke({facet:e,q:s,hasSelection:n,onFilter:r,onRemove:a}){let i=h().traces,o=S(),[l,p]=P(!1),u=i.facetNames[e.
key]??e.key,y=e.items.reduce((v,{spans:w})=>Math.max(v,w),1),d=l?e.items:e.items.slice(0,gt),m=v=>e.key==="error"?v==="true"?i.failedValue:i.goodValue:v;return t(
"section",{class:"facet","aria-label":u,children:[t("h3",{children:[t("span",{class:"clip spring",title:e.key,children:u}),t("span",{class:"sub",children:o.count(
e.values)}),a&&t("button",{type:"button",class:"btn small icon-only quiet","aria-label":i.removeFacet(u),title:i.removeFacet(u),onClick:a,children:t(M,{name:"x"})})]}),
d.map(({value:v,term:w,spans:g,errors:k,selected:L})=>{let f=jt(s,w),b=m(v),x=n?i.ofAll(o.count(L??0),o.count(g)):o.count(g);return t("div",{class:`value ${f??""}`,
children:[t("button",{type:"button",class:"take","aria-pressed":f==="included",title:w,onClick:()=>r(f==="included"?q(s,w):X(s,w)),children:[t("i",{class:"share",
style:{width:`${Math.max(1,g/y*100)}%`}}),k>0&&e.key!=="error"&&t("i",{class:"share bad",style:{width:`${Math.max(1,k/y*100)}%`}}),t("span",{class:"clip",children:b}),
t("span",{class:"num sub",children:x})]}),t("button",{type:"button",class:"btn small icon-only quiet","aria-pressed":f==="excluded","aria-label":i.exclude(`${u}\
 ${b}`),title:i.exclude(b),onClick:()=>r(f==="excluded"?q(s,w):it(s,w)),children:t(M,{name:"minus"})})]},v)}),e.items.length>gt&&t("button",{type:"button",class:"\
btn small quiet","aria-expanded":l,onClick:()=>p(!l),children:l?i.fewer:i.moreValues(o.count(e.items.length-gt))}),e.without>0&&t("span",{class:"sub",children:i.
withoutValue(o.count(e.without))})]})}var Se=90;function oe({q:e,fault:s,onRun:n,onTraceId:r}){let a=h(),i=N(null),o=N(null),[l,p]=P(e),[u,y]=P([]),[d,m]=P(-1),[v,w]=P(null),g=N({});$(()=>{p(e),w(null)},
[e]),$(()=>{s&&w({message:s.message,from:G(e,s.at?.from??0),to:G(e,s.at?.to??0)})},[s?.message,s?.at?.from,e]),$(()=>()=>k(),[]);function k(){clearTimeout(g.current.
timer),g.current.request?.abort()}function L(c,T,O=Se){k(),g.current.timer=setTimeout(()=>{let I=new AbortController;g.current.request=I;let z=R("/complete",{q:c,
pos:Gt(c,T)});tt(z,et.peek(),I.signal).then(D=>{if(document.activeElement!==i.current)return;y(D.items),m(-1);let Q=D.error&&{message:D.error.message,from:G(c,D.
error.from),to:G(c,D.error.to)};w(Q&&(T<Q.from||T>Q.to)?Q:null)},()=>y([]))},O)}function f(){k(),y([]),m(-1)}function b(c){f();let T=dt(c);T?r(T):c.trim()!==e&&
n(c.trim())}function x(c){let T=G(l,c.from),O=G(l,c.to),I=c.kind==="name"||c.kind==="operator"||/[=<>~(]$/.test(c.text),z=l.slice(O),D=I||z.startsWith(" ")?c.text:
`${c.text} `,Q=l.slice(0,T)+D+z;p(Q);let ct=T+D.length;requestAnimationFrame(()=>i.current?.setSelectionRange(ct,ct)),I?L(Q,ct,0):b(Q)}function K(c){if(c.isComposing)
return;let T=c.key==="ArrowDown"?1:c.key==="ArrowUp"?-1:0;T!==0?(c.preventDefault(),u.length===0?L(l,i.current?.selectionStart??l.length,0):m((d+T+u.length+(d<0&&
T<0?1:0))%u.length)):c.key==="Enter"?(c.preventDefault(),d>=0&&u[d]?x(u[d]):b(l)):c.key==="Tab"&&d>=0&&u[d]?(c.preventDefault(),x(u[d])):c.key==="Escape"&&(u.length>
0?f():i.current?.blur())}let B=u.length>0;return t("div",{class:"filter-box",children:[t("div",{class:`filter${v?" faulty":""}`,children:[t(M,{name:"search"}),t(
"div",{class:"filter-field",children:[t("div",{class:"filter-marks","aria-hidden":"true",ref:o,children:Xt(l,v).map((c,T)=>t("span",{class:`${c.isTerm?"term":""}${c.
isFault?" fault":""}`,children:c.text},T))}),t("input",{ref:i,"data-filter":!0,type:"text",role:"combobox","aria-label":a.traces.filter,"aria-expanded":B,"aria-\
controls":"filter-options","aria-autocomplete":"list","aria-activedescendant":d>=0?`filter-option-${d}`:void 0,"aria-invalid":v!==null,"aria-describedby":"filte\
r-words",placeholder:a.traces.placeholder,autocomplete:"off",autocapitalize:"off",spellcheck:!1,value:l,onInput:c=>{let{value:T,selectionStart:O}=c.currentTarget,
I=c.inputType==="insertFromPaste"?dt(T):null;p(T),I?r(I):L(T,O??T.length)},onFocus:c=>L(l,c.currentTarget.selectionStart??l.length),onBlur:f,onKeyDown:K,onScroll:c=>o.
current&&(o.current.style.transform=`translateX(${-c.currentTarget.scrollLeft}px)`)})]}),l!==""&&t("button",{type:"button",class:"btn small icon-only quiet","ar\
ia-label":a.traces.clear,title:a.traces.clear,onClick:()=>{p(""),b(""),i.current?.focus()},children:t(M,{name:"x"})})]}),t("div",{id:"filter-options",class:"opt\
ions",role:"listbox","aria-label":a.traces.suggestions,hidden:!B,children:u.map((c,T)=>t("div",{id:`filter-option-${T}`,class:"option",role:"option","aria-selec\
ted":T===d,onPointerDown:O=>{O.preventDefault(),x(c)},children:[t("span",{class:"mono clip spring",children:c.text}),c.spans!==void 0&&t("span",{class:"num sub",
title:a.traces.seenSpans(S().count(c.spans)),children:S().count(c.spans)}),t("span",{class:"sub nowrap",children:a.traces.kinds[c.kind]??c.kind})]},`${c.kind} ${c.
text}`))}),t("p",{id:"filter-words",class:v?"filter-fault":"sr",children:v?`${a.traces.filterFault}: ${v.message}`:a.traces.hint}),t("span",{class:"sr",role:"st\
atus",children:B?a.traces.suggestionCount(u.length):""})]})}function ne({hint:e}){let s=h().traces,n=[["service=checkout error",s.helpTerms.all],["service=checkout",s.helpTerms.service],['op="get /profile/{id}"',s.helpTerms.
op],["service=(rank,user)",s.helpTerms.any],["-service=health",s.helpTerms.not],["duration>200ms http.status_code>=500",s.helpTerms.number],["http.url",s.helpTerms.
exists],["op=~^get",s.helpTerms.regex]];return t("section",{class:"card",children:[t("h2",{children:s.help}),e&&t("p",{class:"muted",children:e}),t("table",{class:"\
pairs filter-help",children:t("tbody",{children:n.map(([r,a])=>t("tr",{children:[t("th",{scope:"row",children:r}),t("td",{children:a})]},r))})})]})}var xe=8;function lt({label:e,columns:s,rows:n,rowPx:r,rowKey:a,rowHref:i,rowClass:o,sorted:l,onSort:p,keys:u,dimmed:y,class:d}){let m=h(),v=N(null),w=Pe(v,n.length,
r),[g,k]=P(-1),L=c=>v.current?.querySelector(`tr[aria-rowindex="${c+2}"] a`),f=()=>Number(document.activeElement?.closest("tr[aria-rowindex]")?.getAttribute("ar\
ia-rowindex")??1)-2,b=c=>{let T=f(),O=T<0?c>0?0:n.length-1:Math.min(n.length-1,Math.max(0,T+c)),I=L(O);if(!I){let z=v.current.getBoundingClientRect().top+scrollY;
scrollTo(0,z+O*r-innerHeight/2),k(O);return}I.focus({preventScroll:!0}),I.closest("tr")?.scrollIntoView({block:"nearest"})};$(()=>{let c=g<0?null:L(g);c&&(c.focus(
{preventScroll:!0}),k(-1))},[g,w.first,w.end]);let x=()=>n[f()],K=()=>{let c=x();c&&window.open(i(c),"_blank","noopener")};Ot([{keys:"j",label:m.keys.next,group:"\
list",run:()=>b(1)},{keys:"k",label:m.keys.previous,group:"list",run:()=>b(-1)},{keys:"Enter",label:m.keys.open,group:"list",run:null},{keys:"o",label:m.keys.openTab,
group:"list",run:K},...u?.(x)??[]]);let B=c=>c>0&&t("tr",{class:"gap","aria-hidden":"true",style:{height:`${c*r}px`},children:t("td",{colSpan:s.length})});return t(
"table",{"aria-label":e,"aria-rowcount":n.length+1,class:`long ${d??""}${y?" dimmed":""}`,style:{"--row":`${r}px`},children:[t("thead",{children:t("tr",{"aria-r\
owindex":1,children:s.map(c=>t("th",{scope:"col",class:ae(c,!1),"aria-sort":c.sort&&l?.by===c.sort?l.direction:void 0,children:c.sort&&p?t("button",{type:"butto\
n",class:"sort",onClick:()=>p(c.sort),children:[c.head,t("span",{"aria-hidden":"true",children:l?.by===c.sort?l.direction==="descending"?"↓":"↑":""})]}):c.head},
c.key))})}),t("tbody",{ref:v,onKeyDown:c=>{c.key!=="ArrowDown"&&c.key!=="ArrowUp"||(c.preventDefault(),b(c.key==="ArrowDown"?1:-1))},children:[B(w.first),n.slice(
w.first,w.end).map((c,T)=>t("tr",{class:`go ${o?.(c)??""}`,"aria-rowindex":w.first+T+2,onClick:O=>Ct(O,i(c)),children:s.map(O=>t("td",{class:ae(O,!0),children:O.
cell(c)},O.key))},a(c))),B(n.length-w.end)]})]})}function Pe(e,s,n){let r=()=>{let o=e.current?.getBoundingClientRect().top??0;return Kt(Math.max(0,-o),innerHeight-
Math.max(0,o),n,s,xe)},[a,i]=P({first:0,end:Math.min(s,40)});return yt(()=>{let o=0,l=()=>{o=0;let u=r();i(y=>y.first===u.first&&y.end===u.end?y:u)},p=()=>o||=requestAnimationFrame(
l);return l(),addEventListener("scroll",p,{passive:!0}),addEventListener("resize",p),()=>{cancelAnimationFrame(o),removeEventListener("scroll",p),removeEventListener(
"resize",p)}},[s,n]),{first:Math.min(a.first,s),end:Math.min(a.end,s)}}function ae(e,s){return[e.num&&"num",e.wideOnly&&"hide-s",s&&e.class].filter(Boolean).join(
" ")||void 0}var Re=200,Oe=["service","op"],Ee=["service","op","tag.error","http.status_code"],ie={wide:40,narrow:60};function ce({query:e,colors:s,set:n}){let r=h().traces,
a=e.by?e.by.split(","):Oe,i=o=>r.facetNames[o]??o;return t(C,{children:[t("form",{class:"row tight by",onSubmit:o=>{o.preventDefault();let l=o.currentTarget.elements.
namedItem("by"),p=[...a,l.value.trim()].filter((u,y,d)=>u&&d.indexOf(u)===y).slice(0,4);l.value="",n({by:p.join(",")})},children:[t("span",{class:"sub",children:r.
groupBy}),a.map(o=>t("button",{type:"button",class:"chip",disabled:a.length===1,"aria-label":r.remove(i(o)),title:r.remove(i(o)),onClick:()=>n({by:a.filter(l=>l!==
o).join(",")}),children:[i(o),t("span",{"aria-hidden":"true",children:"✕"})]},o)),a.length<4&&t("input",{class:"input",name:"by",list:"by-names","aria-label":r.
groupByMore,placeholder:r.groupByMore}),t("datalist",{id:"by-names",children:Object.keys(r.facetNames).map(o=>t("option",{value:o},o))})]}),t(me,{query:e,colors:s,
extra:"",by:a,label:r.tabs.groups,none:t(U,{title:r.noneInRange})})]})}function pe({query:e,colors:s}){let n=h().traces;return t(me,{query:e,colors:s,extra:"err\
or",by:Ee,label:n.tabs.errors,none:t(U,{title:n.noErrors,tone:"ok",children:t("p",{children:n.noErrorsText})})})}var le={spans:e=>e.spans,errors:e=>e.errors/e.spans,
p50:e=>e.p50Us??0,p90:e=>e.p90Us??0,p99:e=>e.p99Us??0,sum:e=>e.durationSumUs};function me({query:e,colors:s,extra:n,by:r,label:a,none:i}){let o=h().traces,l=S(),
p=W(),[u,y]=P("spans"),d=rt(e.q,e,_(e.sel)),m=`${d.q} ${n}`.trim(),v=A(R("/aggregate",{...d,q:m,by:r.join(","),histogram:"duration",limit:Re}),{topic:"traces",keep:!0,
follow:!1}),w=f=>(f.terms??[]).filter(b=>b!==null),g=f=>F("traces",{},{...e,by:"",sort:"newest",tab:"results",q:[...w(f),...n?[n]:[]].reduce(X,e.q)}),k=(f,b,x,K=!0)=>({
key:f,head:b,sort:f,cell:x,num:!0,wideOnly:K}),L=[{key:"key",head:r.map(f=>o.facetNames[f]??f.replace(/^tag\./,"")).join(" · "),class:"trace-root",cell:f=>t("a",
{class:"root",href:g(f),children:r.map((b,x)=>t(Ce,{name:b,part:f.key[x],colors:s},b))})},k("spans",o.spans,f=>l.count(f.spans),!1),...n?[]:[k("errors",o.errorShare,
f=>f.errors>0?t(E,{tone:"crit",children:l.share(f.errors/f.spans)}):l.share(0),!1)],k("p50",o.median,f=>l.duration(f.p50Us??0)),k("p90",o.p90,f=>l.duration(f.p90Us??
0)),k("p99",o.p99,f=>l.duration(f.p99Us??0)),k("sum",o.timeShare,f=>l.share(f.durationSumUs/Math.max(1,v.data?.total.durationSumUs??1)))];return t(H,{resource:v,
what:a,rows:8,children:f=>f.items.length===0?i:t(C,{children:[t("div",{class:"card-head",children:[t("span",{class:"muted",role:"status",children:f.rest.groups>
0?o.groupsOf(l.count(f.items.length),l.count(f.items.length+f.rest.groups)):o.groupCount(f.items.length,l.count(f.items.length))}),f.cut&&t(E,{tone:"info",children:f.
cut})]}),t(lt,{label:a,columns:L,rows:[...f.items].sort((b,x)=>le[u](x)-le[u](b)),rowPx:p?ie.narrow:ie.wide,rowKey:b=>JSON.stringify(b.key),rowHref:g,sorted:{by:u,
direction:"descending"},onSort:y,dimmed:v.old,class:"trace-table"})]})})}function Ce({name:e,part:s,colors:n}){let r=h().traces;if(e==="service"&&typeof s=="str\
ing")return t(V,{name:s,color:n.get(s)});if(typeof s=="boolean")return t("span",{class:"muted",children:s?r.failedValue:r.goodValue});let a=S();return t("span",
{class:"muted",children:s===null?r.noValue:typeof s=="object"?r.fromTo(a.duration(s.fromUs),a.duration(s.toUs+1)):s})}var Ae=["curl","OpenTelemetry","Spring Boot"];function Me(e,s){switch(e){case"curl":return`curl -sS ${s}/api/v2/spans -H 'content-type: application/json' -d '[{\

  "traceId":"5af7183fb1d4cf5f","id":"6b221d5bc9e6496c","name":"hello",
  "timestamp":'$(date +%s)000000',"duration":12000,"kind":"SERVER",
  "localEndpoint":{"serviceName":"my-service"}}]'`;case"OpenTelemetry":return`OTEL_SERVICE_NAME=my-service
OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf
OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=${s}/v1/traces`;case"Spring Boot":return`management.tracing.sampling.probability=1.0
management.zipkin.tracing.endpoint=${s}/api/v2/spans`}}function ue(){let e=h(),[s,n]=P("curl"),r=Me(s,location.origin);return t(U,{title:e.first.title,children:[
t("p",{children:e.first.text}),t("div",{class:"seg",role:"group","aria-label":e.first.tabs,children:Ae.map(a=>t("button",{type:"button","aria-pressed":a===s,onClick:()=>n(
a),children:a},a))}),t("div",{class:"snippet",children:[t("pre",{tabIndex:0,children:r}),t("button",{type:"button",class:"btn small",onClick:()=>{Ut(r)},children:[
t(M,{name:"copy"}),e.shell.copy]})]}),t("div",{class:"row",children:[t(E,{tone:"none",children:e.first.waiting}),t("span",{class:"muted",children:e.first.demo})]})]})}var Le={"15m":"1h","1h":"6h","6h":"24h","24h":"7d","2d":"7d"};function ht({query:e,nothingEver:s,set:n}){let r=h().traces,a=S(),i=e.q!==""||e.sel!=="",o=A(s||!i?
null:R("/aggregate",{...At(e)})),l=A(s?null:R("/store"));if(s)return t(ue,{});if(o.loading||l.loading)return t(ot,{rows:3});let p=Y(e)?"24h":Le[e.t],u=Mt(e),y=o.
data?.total.spans??0,d=l.data?.retention?.maxAgeUs,m=d!=null&&Y(e)&&Date.parse(e.to)<Date.now()-d/1e3,[v,w]=m?[r.expired,r.expiredText(a.length(d))]:y>0?[r.noneMatch,
r.noneMatchText(u,y,a.count(y))]:[r.noneInRange,r.noneInRangeText(u)];return t(U,{title:v,children:[t("p",{children:w}),t("div",{class:"row tight",children:[e.sel&&
t("button",{type:"button",class:"btn",onClick:()=>n({sel:""}),children:r.clearSelection}),e.q&&t("a",{class:"btn",href:F("traces",{},{...e,q:"",sel:""}),children:r.
clear}),p&&t("button",{type:"button",class:"btn",onClick:()=>n({t:p,from:"",to:"",sel:""}),children:r.widen(r.last(a.window(p)))})]})]})}var de=3,fe={comfortable:40,dense:28,narrow:60};function Fe(e,s){let n={newest:null,slowest:null,spans:r=>r.spans,nservices:r=>r.services.length,errors:r=>r.errors}[s];
return n?[...e].sort((r,a)=>n(a)-n(r)||a.startUs-r.startUs):e}function ge({traces:e,colors:s,sort:n,onSort:r,dimmed:a}){let i=h().traces,o=S(),l=W(),p=e.reduce(
(m,v)=>Math.max(m,v.durationUs),1),u=m=>o.time(m.startUs/1e3,Rt.value),y=[{key:"start",head:i.start,sort:"newest",cell:u,wideOnly:!0,class:"sub"},{key:"root",head:i.
root,class:"trace-root",cell:m=>t(C,{children:[t("a",{class:"root",href:F("trace",{id:m.traceId}),children:[t($t,{color:s.get(m.root.service)}),t("b",{children:m.
root.service||i.unnamed})," ",t("span",{class:"muted",children:m.root.name})]}),t("span",{class:"sub only-s",children:[u(m),i.nSpans(m.spans,o.count(m.spans)),i.
nServices(m.services.length)].join(" · ")})]})},{key:"duration",head:i.duration,sort:"slowest",class:"trace-duration",cell:m=>t("span",{class:"duration",children:[
t("span",{class:"num",children:o.duration(m.durationUs)}),t("span",{class:"bar hide-s","aria-hidden":"true",children:t("i",{style:{width:`${Math.max(1,Math.sqrt(
m.durationUs/p)*100)}%`}})})]})},{key:"spans",head:i.spans,sort:"spans",cell:m=>o.count(m.spans),num:!0,wideOnly:!0},{key:"nservices",head:i.servicesShort,sort:"\
nservices",cell:m=>o.count(m.services.length),num:!0,wideOnly:!0},{key:"errors",head:i.errors,sort:"errors",cell:m=>m.errors>0&&t(E,{tone:"crit",children:[o.count(
m.errors),t("span",{class:"sr",children:[" ",i.errors]})]})},{key:"services",head:i.services,cell:m=>t(Ie,{trace:m,colors:s}),wideOnly:!0}],d=h().compare.mark;return t(
lt,{label:i.table,columns:y,rows:Fe(e,n),rowPx:l?fe.narrow:fe[Bt.value],rowKey:m=>m.traceId,rowHref:m=>F("trace",{id:m.traceId}),rowClass:m=>Ft.value===m.traceId?
"marked":"",sorted:{by:n,direction:"descending"},onSort:m=>r(m),keys:m=>[{keys:"x",label:d,group:"list",run:()=>{m()&&It(m().traceId)}}],dimmed:a,class:"trace-t\
able"})}function Ie({trace:e,colors:s}){let n=e.services.slice(de);return t("span",{class:"services",children:[e.services.slice(0,de).map(r=>t(V,{name:r.name,color:s.
get(r.name)},r.name)),n.length>0&&t("span",{class:"sub",title:n.map(r=>r.name).join(", "),children:h().traces.more(n.length)})]})}var $e=1e3,Ue=5e3,Ne=200;function vo({query:e}){let s=h();_t(s.traces.title,e.q?`${e.q} · ${s.traces.title}`:s.traces.title);let n=_e(e),r=A(R("/traces",n),{topic:"\
traces",keep:!0,follow:!1}),a=A(te(e),{topic:"traces",keep:!0,follow:!1}),i=A(bt(e),{topic:"traces",follow:!1}),o=A(R("/services"),{topic:"traces"}).data,l=j(()=>new Map(
(o?.items??[]).map(g=>[g.name,g.color])),[o]),p=()=>[r,a,i].forEach(g=>g.retry()),u=r.data?.items.length===0,y=e.live&&!Y(e);Qe((u||y)&&!r.loading,u?$e:Ue,p);let d=g=>Z(
F("traces",{},{...e,...g})),m=r.problem?.status===400&&r.problem.at?r.problem:null,v=o?.items.length===0,w=u&&!e.sel&&e.tab==="results";return t(C,{children:[t(
"div",{class:"row filter-row",children:[t(oe,{q:e.q,fault:m&&{message:m.detail??m.title,at:m.at},onRun:g=>d({q:g,sel:""}),onTraceId:g=>Z(F("trace",{id:g}))}),t(
"button",{type:"button",class:"btn","aria-pressed":y,disabled:Y(e),title:s.traces.liveHint,onClick:()=>d({live:!e.live}),children:[t(M,{name:"activity"}),s.traces.
live]}),t(Lt,{range:e,onChange:g=>d({...g,sel:""})})]}),t(re,{q:e.q,onChange:g=>d({q:g,sel:""})}),r.old&&r.problem&&!m&&t(Dt,{resource:r,what:s.traces.title}),m?
t(ne,{hint:m.hint}):w?t("section",{class:"card flush",children:t(ht,{query:e,nothingEver:v??!1,set:d})}):t(C,{children:[t("section",{class:"card","aria-label":s.
traces.chart,children:t(ee,{query:e,heat:a,set:d})}),t("div",{class:"explore",children:[t(se,{query:e,set:g=>d("q"in g?{...g,sel:""}:g)}),t("section",{class:"ca\
rd flush found",children:t(Wt,{label:s.traces.views,tabs:Et.map(g=>[g,s.traces.tabs[g]]),chosen:e.tab,onChoose:g=>d({tab:g}),children:[e.tab==="results"&&t(Be,{
query:e,list:r,colors:l,refresh:p,set:d,parameters:n}),e.tab==="compare"&&t(Jt,{query:e,colors:l,set:d}),e.tab==="groups"&&t(ce,{query:e,colors:l,set:d}),e.tab===
"errors"&&t(pe,{query:e,colors:l,set:d})]})})]})]})]})}function _e(e){return{...rt(e.q,e,_(e.sel)),...e.sort==="slowest"?{sort:"slowest",limit:Ne}:{}}}function Be({
query:e,list:s,colors:n,parameters:r,refresh:a,set:i}){let o=h().traces,l=S(),p=De(s.data,d=>R("/traces",{...r,cursor:d})),u=j(()=>[...s.data?.items??[],...p.pages.
flatMap(d=>d.items)],[s.data,p.pages]),y=e.sort==="slowest"?o.summarySlowest:e.sort!=="newest"&&p.next?o.summarySorted:p.next?o.summaryMore:o.summary;return t(H,
{resource:s,what:o.title,rows:12,children:d=>u.length===0?t(ht,{query:e,nothingEver:!1,set:i}):t(C,{children:[t("div",{class:"card-head",children:[t("span",{class:"\
muted",role:"status",children:y(l.count(u.length),l.duration(d.tookUs))}),d.cut&&t(E,{tone:"info",children:d.cut}),t("span",{class:"spring"}),s.outdated&&xt.value!==
"paused"&&!s.loading&&!e.live&&t("button",{type:"button",class:"btn small",onClick:a,children:[t(M,{name:"refresh"}),o.fresh]})]}),t(ge,{traces:u,colors:n,sort:e.
sort,onSort:m=>i({sort:m}),dimmed:s.old}),t("div",{class:"list-end",children:[p.problem&&t(nt,{what:o.title,problem:p.problem,retry:p.load}),p.next&&!p.problem&&
t("button",{type:"button",class:"btn",disabled:p.loading,onClick:p.load,children:p.loading?h().state.loading:o.loadMore}),!p.next&&p.pages.length>0&&t("span",{class:"\
sub",children:o.end})]})]})})}function De(e,s){let n={of:e,pages:[],loading:!1,problem:null},[r,a]=P(n),i=r.of===e?r:n,o=(i.pages.at(-1)??e)?.next??null,l=N(e);
l.current=e;let p=()=>{o&&(a({...i,loading:!0,problem:null}),tt(s(o),et.peek()).then(u=>l.current===e&&a({of:e,pages:[...i.pages,u],loading:!1,problem:null}),u=>l.
current===e&&a({...i,loading:!1,problem:u instanceof vt?u.problem:{title:String(u),status:0}})))};return{pages:i.pages,next:o,loading:i.loading,problem:i.problem,
load:p}}function Qe(e,s,n){let r=Pt.value,a=N(void 0),i=N(n);i.current=n,$(()=>{e?r>0&&(a.current??=setTimeout(()=>{a.current=void 0,document.hidden||i.current()},
s)):(clearTimeout(a.current),a.current=void 0)},[e,r]),$(()=>()=>clearTimeout(a.current),[])}export{vo as TracesPage};
