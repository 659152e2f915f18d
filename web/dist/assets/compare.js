import{$ as H,Fa as K,I as v,Ia as Q,J as T,La as U,Q as _,Ub as Y,W as A,Z as D,_ as N,a as C,ab as S,ba as q,c as I,d as F,fb as E,g as w,h as t,kb as $,lb as W,
mb as z,oa as O,ob as X,pc as Z,qb as V,qc as B,sb as G,sc as x,ub as J}from"./chunk.js";function k({us:r}){return r===0?t("span",{class:"sub",children:"±0"}):t("span",{class:`delta ${r>0?"slower":"faster"}`,children:T().offset(r)})}function j(r){let n=v().
compare;return r===0?n.same:(r>0?n.slower:n.faster)(T().duration(Math.abs(r)))}function ue(r){let n=new Map,o=[],a=(e,c,p)=>{let l=`${e}
${c}
${p}`,u=n.get(l);return u===void 0&&n.set(l,u=o.push({service:e,name:c,kind:p,calls:[0,0],selfUs:[0,0]})-1),u};return{of:r.map((e,c)=>{let p=new Map,l=new Int32Array(
e.count);for(let u=0;u<e.count;u++){let f=e.kinds[u],g=p.get(f)??new Map;p.set(f,g);let i=e.service[u]*e.names.length+e.name[u],d=g.get(i);d===void 0&&g.set(i,d=
a(e.services[e.service[u]]?.name??"",e.names[e.name[u]]??"",f)),l[u]=d,o[d].calls[c]++,o[d].selfUs[c]+=e.self[u]}return l}),operations:o}}function L(r,n){let o=[],
a=n<0?r.count:n+r.size[n];for(let s=n+1;s<a;s+=Math.max(1,r.size[s]))o.push(s);return o}function me(r,n,o){let a=o.a<0?[]:L(r[0],o.a),s=o.b<0?[]:L(r[1],o.b);if(a.
length===1&&s.length===1&&n[0][a[0]]===n[1][s[0]])return[{a:a[0],b:s[0]}];if(s.length===0)return a.map(l=>({a:l,b:-1}));let c=new Map;for(let l of s.reverse()){
let u=c.get(n[1][l]);u?u.push(l):c.set(n[1][l],[l])}let p=a.map(l=>({a:l,b:c.get(n[0][l])?.pop()??-1}));return ee(r,p,[...c.values()].flat(),o)}function ee([r,n],o,a,s){
if(a.length===0)return o;let e={a:s.a<0?0:r.start[s.a],b:s.b<0?0:n.start[s.b]},c=({a:p,b:l})=>p<0?n.start[l]-e.b:r.start[p]-e.a;return[...o,...a.map(p=>({a:-1,b:p}))].
sort((p,l)=>c(p)-c(l))}function de(r,n){let[o,a]=r.map(c=>L(c,-1)),s=[{a:o[0]??-1,b:a[0]??-1}],e=a.slice(1);for(let c of o.slice(1)){let p=e.findIndex(l=>n[1][l]===
n[0][c]);s.push({a:c,b:p<0?-1:e.splice(p,1)[0]})}return ee(r,s,e,{a:-1,b:-1})}function te(r,n){let o=[r,n],{of:a,operations:s}=ue(o),e=[],c=[],p=[],l=de(o,a).reverse(),
u=l.map(()=>-1);for(let i=l.pop();i;i=l.pop()){let d=u.pop()??-1,b=e.push(i)-1;c.push(d),p.push(d<0?0:p[d]+1);let h=me(o,a,i);for(let y=h.length-1;y>=0;y--)l.push(
h[y]),u.push(b)}let f={count:e.length,a:Int32Array.from(e,i=>i.a),b:Int32Array.from(e,i=>i.b),parent:Int32Array.from(c),depth:Uint16Array.from(p),size:new Int32Array(
e.length).fill(1),isDifferent:new Uint8Array(e.length),operations:s},g=.01*Math.max(r.durationUs,n.durationUs);for(let i=e.length-1;i>=0;i--){f.parent[i]>=0&&(f.
size[f.parent[i]]+=f.size[i]);let[d,b]=[f.a[i],f.b[i]];f.isDifferent[i]=+(d<0||b<0||r.isError[d]!==n.isError[b]||Math.abs(n.self[b]-r.self[d])>g)}return f}function ne({
operations:r}){let n=s=>s.sort((e,c)=>Math.max(...c.selfUs)-Math.max(...e.selfUs)),o=({calls:[s,e]})=>Math.max(s,e)/Math.min(s,e),a=({selfUs:[s,e]})=>Math.abs(e-
s);return{onlyA:n(r.filter(({calls:[,s]})=>s===0)),onlyB:n(r.filter(({calls:[s]})=>s===0)),moreCalls:r.filter(({calls:[s,e]})=>s>0&&e>0&&Math.max(s,e)>=3*Math.min(
s,e)).sort((s,e)=>o(e)-o(s)),selfTime:r.filter(s=>a(s)>0).sort((s,e)=>a(e)-a(s))}}function re(r,n){let[o,a]=[new Map(r),new Map(n)];return[...new Set([...o.keys(),
...a.keys()])].sort().map(e=>[e,o.get(e),a.get(e)]).filter(([,e,c])=>e!==c)}var be=8;function se({A:r,B:n,diff:o,onSelect:a}){let s=v().compare,e=T(),c=w(()=>ne(o),[o]),p=({calls:[f,g]})=>s.calls(e.count(f),e.count(g)),l=f=>{let g=(i,d)=>d>=
0&&i.services[i.service[d]]?.name===f.service&&i.names[i.name[d]]===f.name&&i.kinds[d]===f.kind;for(let i=0;i<o.count;i++)if(g(r,o.a[i])||g(n,o.b[i]))return a(i)},
u=[[s.onlyATitle,c.onlyA,p],[s.onlyBTitle,c.onlyB,p],[s.moreCalls,c.moreCalls,p],[s.selfTime,c.selfTime,({selfUs:[f,g]})=>t(k,{us:g-f})]];return t("section",{class:"\
card cmp-findings",children:[u.map(([f,g,i])=>t("div",{children:[t("h2",{children:[f," ",t("span",{class:"sub",children:g.length>0&&e.count(g.length)})]}),g.length===
0&&t("p",{class:"sub",children:s.nothing}),t("ul",{children:g.slice(0,be).map(d=>t("li",{children:[t("button",{type:"button",class:"plain",onClick:()=>l(d),children:[
t("b",{children:d.service||v().trace.unknownService})," ",d.name||v().trace.unnamed]}),t("span",{class:"sub nowrap",children:i(d)})]},`${d.service} ${d.name} ${d.
kind}`))})]},f)),t("p",{class:"sub",children:s.selectHint})]})}function ae({A:r,B:n,a:o,b:a,onClose:s}){let e=v(),c=T(),[p,l]=o>=0?[r,o]:[n,a],[u,f]=[E(r,o).detail,E(n,a).detail],g=(o<0||u!==void 0)&&(a<0||f!==void 0),i=g?re(
u?.tags??[],f?.tags??[]):[],d=[[e.span.start,(b,h)=>b.start[h]],[e.span.duration,(b,h)=>b.duration[h]],[e.span.selfTime,(b,h)=>b.self[h]]];return t("section",{class:"\
card","aria-label":e.span.title,children:[t("div",{class:"card-head",children:[t("h2",{class:"span-title",children:[p.services[p.service[l]]?.name||e.trace.unknownService,
" ",t("span",{class:"muted",children:["· ",p.names[p.name[l]]||e.trace.unnamed]})]}),t("span",{class:"spring"}),t("button",{type:"button",class:"btn small icon\
-only quiet","aria-label":e.span.close,title:e.span.close,onClick:s,children:t(A,{name:"x"})})]}),t("table",{class:"cmp-pair",children:[t("thead",{children:t("t\
r",{children:[t("td",{}),[[r,o,"A"],[n,a,"B"]].map(([b,h,y])=>t("th",{scope:"col",children:h>=0?t("a",{class:"link",href:O("trace",{id:b.traceId},{span:b.ids[h]}),
children:y}):y},y)),t("th",{scope:"col",children:"Δ"})]})}),t("tbody",{children:d.map(([b,h])=>t("tr",{children:[t("th",{scope:"row",children:b}),t("td",{class:"\
num",children:o>=0&&c.duration(h(r,o))}),t("td",{class:"num",children:a>=0&&c.duration(h(n,a))}),t("td",{class:"num",children:o>=0&&a>=0&&t(k,{us:h(n,a)-h(r,o)})})]},
b))})]}),t("h3",{children:e.compare.tags}),!g&&t(D,{rows:3}),g&&i.length===0&&t("p",{class:"muted",children:e.compare.tagsSame}),i.length>0&&t("table",{class:"p\
airs cmp-tags",children:t("tbody",{children:i.map(([b,h,y])=>t("tr",{children:[t("th",{scope:"row",children:b}),t("td",{children:h??"–"}),t("td",{children:y??
"–"})]},b))})})]})}var ge=40,he=20;function it({a:r,b:n,query:o}){let a=v(),[s,e]=[S(r),S(n)],c=w(()=>s.data&&e.data?ye($(s.data),$(e.data)):null,[s.data,e.data]);if(Y(a.compare.title,
`${a.compare.heading(x(r),x(n))} · ${a.compare.title}`),c)return t(C,{children:[t(q,{gaps:[...s.data?.partial??[],...e.data?.partial??[]]}),t(Te,{A:c[0],B:c[1],
query:o})]});let p=[s,e].find(({problem:u})=>u),l=[[s,r],[e,n]].find(([{problem:u}])=>u?.status===404||u?.status===400);return t("section",{class:"card",children:l?
t(N,{title:a.compare.missing(x(l[1])),children:[t("p",{children:a.trace.notFoundText(l[1])}),t("a",{class:"btn",href:O("traces",{}),children:a.trace.toTraces})]}):
p?.problem?t(H,{what:a.compare.title,problem:p.problem,retry:p.retry}):t(D,{rows:14})})}function ye(r,n){let o=new Set(r.services.map(({name:s})=>s)),a=new Map(
W([...r.services,...n.services.filter(({name:s})=>!o.has(s))]).map(s=>[s.name,s]));for(let s of[r,n])s.services=s.services.map(e=>({...e,...a.get(e.name)}));return[
r,n]}function Me(r){let n=Q.peek();n.name==="compare"&&U(O("compare",n.path,{...n.query,...r}),{replace:!0})}function ve(r,n,o,a){if(!a)return-1;let[s,e]=[r.ids.
indexOf(a),n.ids.indexOf(a)],c=s>=0?o.a.indexOf(s):-1;return c>=0||e<0?c:o.b.indexOf(e)}function Te({A:r,B:n,query:o}){let a=v(),s=T(),e=w(()=>te(r,n),[r,n]),[c,
p]=B(o.span,m=>Me({span:m})),[l,u]=I(!1),[f]=I(()=>new Uint8Array(e.count)),[,g]=I(0),i=w(()=>ve(r,n,e,c),[r,n,e,c]),d=w(()=>V(e.parent,e.isDifferent),[e]),b=X(
e,{collapsed:f,only:l?d:null}),h=w(()=>e.isDifferent.reduce((m,M)=>m+M,0),[e]);F(()=>{i>=0&&G(e,{collapsed:f},i)&&g(m=>m+1)},[i]);let y=m=>p(m<0?"":e.a[m]>=0?r.
ids[e.a[m]]:n.ids[e.b[m]]),P=(m,M)=>{f[m]=Number(M),g(fe=>fe+1)},R=m=>{let M=J(e.isDifferent,i<0?m>0?-1:0:i,m);M>=0&&y(M)},ce=m=>{let M=i>=0&&e.size[i]>1&&!f[i];
if(m.key==="Escape")y(-1);else{if(i<0)return!1;if(m.key==="ArrowLeft"&&M)P(i,!0);else if(m.key==="ArrowLeft")y(e.parent[i]>=0?e.parent[i]:i);else if(m.key==="Ar\
rowRight"&&!M)P(i,!1);else if(m.key==="ArrowRight")y(i+1);else return!1}return!0},le=()=>U(O("compare",{a:n.traceId,b:r.traceId},{span:c}));K([{keys:".",label:a.
compare.nextDifference,group:"trace",run:()=>R(1)},{keys:",",label:a.compare.nextDifference,group:"trace",run:()=>R(-1)}]);let pe=Math.max(r.durationUs,n.durationUs);
return t(C,{children:[t("div",{class:"cmp-sides",children:[t(oe,{label:a.compare.traceA,model:r}),t("button",{type:"button",class:"btn icon-only","aria-label":a.
compare.swap,title:a.compare.swap,onClick:le,children:t(A,{name:"swap"})}),t(oe,{label:a.compare.traceB,model:n}),t("div",{class:"card tile cmp-total",children:[
t("span",{children:a.compare.difference}),t("b",{children:t(k,{us:n.durationUs-r.durationUs})}),t("span",{class:"sub",children:j(n.durationUs-r.durationUs)})]})]}),
t("div",{class:"cmp-grid",children:[t("section",{class:"card cmp-tree",children:[t("div",{class:"card-head",children:[t("h2",{children:a.compare.tree}),t("span",
{class:"sub",children:`${s.count(h)} / ${s.count(e.count)}`}),t("span",{class:"spring"}),t("div",{class:"seg",role:"group","aria-label":a.compare.show,children:[
!1,!0].map(m=>t("button",{type:"button","aria-pressed":m===l,onClick:()=>u(m),children:m?a.compare.differing:a.compare.all},String(m)))})]}),b.length===0&&t("p",
{class:"muted",children:a.compare.nothingDiffers}),t(Z,{label:a.compare.tree,role:"treegrid",class:"cmp-rows",count:b.length,rowPx:ge,active:b.indexOf(i),onMove:m=>y(
b[m]),onKey:ce,head:[a.compare.span,"A","B","Δ"].map(m=>t("span",{role:"columnheader",children:m},m)),rowProps:m=>{let M=b[m];return{class:e.isDifferent[M]?"":
"same","aria-level":e.depth[M]+1,"aria-expanded":e.size[M]>1?!f[M]:void 0}},cells:m=>t(we,{A:r,B:n,diff:e,row:b[m],closed:f[b[m]]===1,longestUs:pe,onToggle:P})})]}),
t("div",{class:"grid",children:i>=0?t(ae,{A:r,B:n,a:e.a[i],b:e.b[i],onClose:()=>y(-1)},i):t(se,{A:r,B:n,diff:e,onSelect:y})})]})]})}function oe({label:r,model:n}){
let o=v(),a=T(),s=[o.trace.spanCount(n.spans,a.count(n.spans)),o.trace.serviceCount(n.services.length),n.errors>0&&o.trace.errorCount(n.errors,a.count(n.errors))];
return t("div",{class:"card tile cmp-side",children:[t("span",{children:[r," · ",a.time(n.startUs/1e3,_.value)]}),t("a",{class:"link",href:O("trace",{id:n.traceId}),
title:o.compare.open(n.traceId),children:[t("b",{children:n.names[n.name[0]]||o.trace.unnamed})," ",t("span",{class:"mono",children:x(n.traceId)})]}),t("span",{
class:"sub",children:[a.duration(n.durationUs),...s].filter(Boolean).join(" · ")})]})}function we({A:r,B:n,diff:o,row:a,closed:s,longestUs:e,onToggle:c}){let p=v(),
[l,u]=[o.a[a],o.b[a]],[f,g]=l>=0?[r,l]:[n,u],i=f.services[f.service[g]],d=o.size[a]>1?s?"closed":"open":"";return t(C,{children:[t("span",{role:"gridcell",class:"\
wf-name",style:{paddingLeft:`${Math.min(o.depth[a],he)*12}px`},children:[t("span",{class:`wf-twisty ${d}`,"aria-hidden":"true",onClick:b=>{b.stopPropagation(),d&&
c(a,!s)}}),t("i",{class:z(f,f.service[g]),"aria-hidden":"true"}),t("b",{children:i?.name||p.trace.unknownService})," ",t("span",{class:"muted",children:f.names[f.
name[g]]||p.trace.unnamed}),s&&t("span",{class:"wf-badge",children:p.trace.hidden(T().count(o.size[a]-1))})]}),t(ie,{model:r,row:l,longestUs:e,missing:p.compare.
onlyB}),t(ie,{model:n,row:u,longestUs:e,missing:p.compare.onlyA}),t("span",{role:"gridcell",class:"num",children:l>=0&&u>=0?t(k,{us:n.duration[u]-r.duration[l]}):
t("span",{class:"sub",children:l>=0?p.compare.onlyA:p.compare.onlyB})})]})}function ie({model:r,row:n,longestUs:o,missing:a}){let s=v();if(n<0)return t("span",{
role:"gridcell",class:"cmp-bar none",children:t("span",{class:"sr",children:a})});let e=c=>`${(c/o*100).toFixed(2)}%`;return t("span",{role:"gridcell",class:"cm\
p-bar",children:[t("i",{class:`${z(r,r.service[n])}${r.isError[n]?" failed":""}`,style:{left:e(r.start[n]),width:e(r.duration[n])}}),t("span",{class:r.start[n]>
o/2?"at-start":"",children:[r.isError[n]===1&&t("b",{class:"crit-text",children:[r.statuses[n]||s.trace.error," "]}),T().duration(r.duration[n])]})]})}export{it as ComparePage};
