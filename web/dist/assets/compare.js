import{$ as N,Ab as Y,Fa as Q,I as T,Ia as q,J as w,La as P,Q as F,Vb as Z,W as _,Z as I,_ as H,a as x,ab as U,ba as K,c as A,d as R,fb as S,fc as B,g as v,h as t,
kb as E,lb as W,mb as $,oa as O,ob as X,qb as V,rc as j,sb as G,sc as ee,ub as J,uc as C}from"./chunk.js";function k({us:n}){return n===0?t("span",{class:"sub",children:"±0"}):t("span",{class:`delta ${n>0?"slower":"faster"}`,children:w().offset(n)})}function te(n){
let r=T().compare;return n===0?r.same:(n>0?r.slower:r.faster)(w().duration(Math.abs(n)))}function de(n){let r=new Map,o=[],a=(e,c,p)=>{let l=`${e}
${c}
${p}`,u=r.get(l);return u===void 0&&r.set(l,u=o.push({service:e,name:c,kind:p,calls:[0,0],selfUs:[0,0]})-1),u};return{of:n.map((e,c)=>{let p=new Map,l=new Int32Array(
e.count);for(let u=0;u<e.count;u++){let f=e.kinds[u],g=p.get(f)??new Map;p.set(f,g);let i=e.service[u]*e.names.length+e.name[u],d=g.get(i);d===void 0&&g.set(i,d=
a(e.services[e.service[u]]?.name??"",e.names[e.name[u]]??"",f)),l[u]=d,o[d].calls[c]++,o[d].selfUs[c]+=e.self[u]}return l}),operations:o}}function z(n,r){let o=[],
a=r<0?n.count:r+n.size[r];for(let s=r+1;s<a;s+=Math.max(1,n.size[s]))o.push(s);return o}function be(n,r,o){let a=o.a<0?[]:z(n[0],o.a),s=o.b<0?[]:z(n[1],o.b);if(a.
length===1&&s.length===1&&r[0][a[0]]===r[1][s[0]])return[{a:a[0],b:s[0]}];if(s.length===0)return a.map(l=>({a:l,b:-1}));let c=new Map;for(let l of s.reverse()){
let u=c.get(r[1][l]);u?u.push(l):c.set(r[1][l],[l])}let p=a.map(l=>({a:l,b:c.get(r[0][l])?.pop()??-1}));return re(n,p,[...c.values()].flat(),o)}function re([n,r],o,a,s){
if(a.length===0)return o;let e={a:s.a<0?0:n.start[s.a],b:s.b<0?0:r.start[s.b]},c=({a:p,b:l})=>p<0?r.start[l]-e.b:n.start[p]-e.a;return[...o,...a.map(p=>({a:-1,b:p}))].
sort((p,l)=>c(p)-c(l))}function ge(n,r){let[o,a]=n.map(c=>z(c,-1)),s=[{a:o[0]??-1,b:a[0]??-1}],e=a.slice(1);for(let c of o.slice(1)){let p=e.findIndex(l=>r[1][l]===
r[0][c]);s.push({a:c,b:p<0?-1:e.splice(p,1)[0]})}return re(n,s,e,{a:-1,b:-1})}function ne(n,r){let o=[n,r],{of:a,operations:s}=de(o),e=[],c=[],p=[],l=ge(o,a).reverse(),
u=l.map(()=>-1);for(let i=l.pop();i;i=l.pop()){let d=u.pop()??-1,b=e.push(i)-1;c.push(d),p.push(d<0?0:p[d]+1);let h=be(o,a,i);for(let y=h.length-1;y>=0;y--)l.push(
h[y]),u.push(b)}let f={count:e.length,a:Int32Array.from(e,i=>i.a),b:Int32Array.from(e,i=>i.b),parent:Int32Array.from(c),depth:Uint16Array.from(p),size:new Int32Array(
e.length).fill(1),isDifferent:new Uint8Array(e.length),operations:s},g=.01*Math.max(n.durationUs,r.durationUs);for(let i=e.length-1;i>=0;i--){f.parent[i]>=0&&(f.
size[f.parent[i]]+=f.size[i]);let[d,b]=[f.a[i],f.b[i]];f.isDifferent[i]=+(d<0||b<0||n.isError[d]!==r.isError[b]||Math.abs(r.self[b]-n.self[d])>g)}return f}function se({
operations:n}){let r=s=>s.sort((e,c)=>Math.max(...c.selfUs)-Math.max(...e.selfUs)),o=({calls:[s,e]})=>Math.max(s,e)/Math.min(s,e),a=({selfUs:[s,e]})=>Math.abs(e-
s);return{onlyA:r(n.filter(({calls:[,s]})=>s===0)),onlyB:r(n.filter(({calls:[s]})=>s===0)),moreCalls:n.filter(({calls:[s,e]})=>s>0&&e>0&&Math.max(s,e)>=3*Math.min(
s,e)).sort((s,e)=>o(e)-o(s)),selfTime:n.filter(s=>a(s)>0).sort((s,e)=>a(e)-a(s))}}function ae(n,r){let[o,a]=[new Map(n),new Map(r)];return[...new Set([...o.keys(),
...a.keys()])].sort().map(e=>[e,o.get(e),a.get(e)]).filter(([,e,c])=>e!==c)}var he=8;function oe({A:n,B:r,diff:o,onSelect:a}){let s=T().compare,e=w(),c=v(()=>se(o),[o]),p=({calls:[f,g]})=>s.calls(e.count(f),e.count(g)),l=f=>{let g=(i,d)=>d>=
0&&i.services[i.service[d]]?.name===f.service&&i.names[i.name[d]]===f.name&&i.kinds[d]===f.kind;for(let i=0;i<o.count;i++)if(g(n,o.a[i])||g(r,o.b[i]))return a(i)},
u=[[s.onlyATitle,c.onlyA,p],[s.onlyBTitle,c.onlyB,p],[s.moreCalls,c.moreCalls,p],[s.selfTime,c.selfTime,({selfUs:[f,g]})=>t(k,{us:g-f})]];return t("section",{class:"\
card cmp-findings",children:[u.map(([f,g,i])=>t("div",{children:[t("h2",{children:[f," ",t("span",{class:"sub",children:g.length>0&&e.count(g.length)})]}),g.length===
0&&t("p",{class:"sub",children:s.nothing}),t("ul",{children:g.slice(0,he).map(d=>t("li",{children:[t("button",{type:"button",class:"plain",onClick:()=>l(d),children:[
t("b",{children:d.service||T().trace.unknownService})," ",d.name||T().trace.unnamed]}),t("span",{class:"sub nowrap",children:i(d)})]},`${d.service} ${d.name} ${d.
kind}`))})]},f)),t("p",{class:"sub",children:s.selectHint})]})}function ie({A:n,B:r,a:o,b:a,onClose:s}){let e=T(),c=w(),[p,l]=o>=0?[n,o]:[r,a],[u,f]=[S(n,o).detail,S(r,a).detail],g=(o<0||u!==void 0)&&(a<0||f!==void 0),i=g?ae(
u?.tags??[],f?.tags??[]):[],d=[[e.span.start,(b,h)=>b.start[h]],[e.span.duration,(b,h)=>b.duration[h]],[e.span.selfTime,(b,h)=>b.self[h]]];return t("section",{class:"\
card","aria-label":e.span.title,children:[t(B,{class:"span-title",title:t(Y,{model:p,row:l}),label:e.span.close,onClose:s}),t("table",{class:"cmp-pair",children:[
t("thead",{children:t("tr",{children:[t("td",{}),[[n,o,"A"],[r,a,"B"]].map(([b,h,y])=>t("th",{scope:"col",children:h>=0?t("a",{class:"link",href:O("trace",{id:b.
traceId},{span:b.ids[h]}),children:y}):y},y)),t("th",{scope:"col",children:"Δ"})]})}),t("tbody",{children:d.map(([b,h])=>t("tr",{children:[t("th",{scope:"row",
children:b}),t("td",{class:"num",children:o>=0&&c.duration(h(n,o))}),t("td",{class:"num",children:a>=0&&c.duration(h(r,a))}),t("td",{class:"num",children:o>=0&&
a>=0&&t(k,{us:h(r,a)-h(n,o)})})]},b))})]}),t("h3",{children:e.compare.tags}),!g&&t(I,{rows:3}),g&&i.length===0&&t("p",{class:"muted",children:e.compare.tagsSame}),
i.length>0&&t("table",{class:"pairs cmp-tags",children:t("tbody",{children:i.map(([b,h,y])=>t("tr",{children:[t("th",{scope:"row",children:b}),t("td",{children:h??
"–"}),t("td",{children:y??"–"})]},b))})})]})}var ye=40,Me=20;function pt({a:n,b:r,query:o}){let a=T(),[s,e]=[U(n),U(r)],c=v(()=>s.data&&e.data?Te(E(s.data),E(e.data)):null,[s.data,e.data]);if(Z(a.compare.title,
`${a.compare.heading(C(n),C(r))} · ${a.compare.title}`),c)return t(x,{children:[t(K,{gaps:[...s.data?.partial??[],...e.data?.partial??[]]}),t(Oe,{A:c[0],B:c[1],
query:o})]});let p=[s,e].find(({problem:u})=>u),l=[[s,n],[e,r]].find(([{problem:u}])=>u?.status===404||u?.status===400);return t("section",{class:"card",children:l?
t(H,{title:a.compare.missing(C(l[1])),children:[t("p",{children:a.trace.notFoundText(l[1])}),t("a",{class:"btn",href:O("traces",{}),children:a.trace.toTraces})]}):
p?.problem?t(N,{what:a.compare.title,problem:p.problem,retry:p.retry}):t(I,{rows:14})})}function Te(n,r){let o=new Set(n.services.map(({name:s})=>s)),a=new Map(
W([...n.services,...r.services.filter(({name:s})=>!o.has(s))]).map(s=>[s.name,s]));for(let s of[n,r])s.services=s.services.map(e=>({...e,...a.get(e.name)}));return[
n,r]}function we(n){let r=q.peek();r.name==="compare"&&P(O("compare",r.path,{...r.query,...n}),{replace:!0})}function ve(n,r,o,a){if(!a)return-1;let[s,e]=[n.ids.
indexOf(a),r.ids.indexOf(a)],c=s>=0?o.a.indexOf(s):-1;return c>=0||e<0?c:o.b.indexOf(e)}function Oe({A:n,B:r,query:o}){let a=T(),s=w(),e=v(()=>ne(n,r),[n,r]),[c,
p]=ee(o.span,m=>we({span:m})),[l,u]=A(!1),[f]=A(()=>new Uint8Array(e.count)),[,g]=A(0),i=v(()=>ve(n,r,e,c),[n,r,e,c]),d=v(()=>V(e.parent,e.isDifferent),[e]),b=X(
e,{collapsed:f,only:l?d:null}),h=v(()=>e.isDifferent.reduce((m,M)=>m+M,0),[e]);R(()=>{i>=0&&G(e,{collapsed:f},i)&&g(m=>m+1)},[i]);let y=m=>p(m<0?"":e.a[m]>=0?n.
ids[e.a[m]]:r.ids[e.b[m]]),D=(m,M)=>{f[m]=Number(M),g(me=>me+1)},L=m=>{let M=J(e.isDifferent,i<0?m>0?-1:0:i,m);M>=0&&y(M)},pe=m=>{let M=i>=0&&e.size[i]>1&&!f[i];
if(m.key==="Escape")y(-1);else{if(i<0)return!1;if(m.key==="ArrowLeft"&&M)D(i,!0);else if(m.key==="ArrowLeft")y(e.parent[i]>=0?e.parent[i]:i);else if(m.key==="Ar\
rowRight"&&!M)D(i,!1);else if(m.key==="ArrowRight")y(i+1);else return!1}return!0},fe=()=>P(O("compare",{a:r.traceId,b:n.traceId},{span:c}));Q([{keys:".",label:a.
compare.nextDifference,group:"trace",run:()=>L(1)},{keys:",",label:a.compare.nextDifference,group:"trace",run:()=>L(-1)}]);let ue=Math.max(n.durationUs,r.durationUs);
return t(x,{children:[t("div",{class:"cmp-sides",children:[t(ce,{label:a.compare.traceA,model:n}),t("button",{type:"button",class:"btn icon-only","aria-label":a.
compare.swap,title:a.compare.swap,onClick:fe,children:t(_,{name:"swap"})}),t(ce,{label:a.compare.traceB,model:r}),t("div",{class:"card tile cmp-total",children:[
t("span",{children:a.compare.difference}),t("b",{children:t(k,{us:r.durationUs-n.durationUs})}),t("span",{class:"sub",children:te(r.durationUs-n.durationUs)})]})]}),
t("div",{class:"cmp-grid",children:[t("section",{class:"card cmp-tree",children:[t("div",{class:"card-head",children:[t("h2",{children:a.compare.tree}),t("span",
{class:"sub",children:`${s.count(h)} / ${s.count(e.count)}`}),t("span",{class:"spring"}),t("div",{class:"seg",role:"group","aria-label":a.compare.show,children:[
!1,!0].map(m=>t("button",{type:"button","aria-pressed":m===l,onClick:()=>u(m),children:m?a.compare.differing:a.compare.all},String(m)))})]}),b.length===0&&t("p",
{class:"muted",children:a.compare.nothingDiffers}),t(j,{label:a.compare.tree,role:"treegrid",class:"cmp-rows",count:b.length,rowPx:ye,active:b.indexOf(i),onMove:m=>y(
b[m]),onKey:pe,head:[a.compare.span,"A","B","Δ"].map(m=>t("span",{role:"columnheader",children:m},m)),rowProps:m=>{let M=b[m];return{class:e.isDifferent[M]?"":
"same","aria-level":e.depth[M]+1,"aria-expanded":e.size[M]>1?!f[M]:void 0}},cells:m=>t(ke,{A:n,B:r,diff:e,row:b[m],closed:f[b[m]]===1,longestUs:ue,onToggle:D})})]}),
t("div",{class:"grid",children:i>=0?t(ie,{A:n,B:r,a:e.a[i],b:e.b[i],onClose:()=>y(-1)},i):t(oe,{A:n,B:r,diff:e,onSelect:y})})]})]})}function ce({label:n,model:r}){
let o=T(),a=w(),s=[o.trace.spanCount(r.spans,a.count(r.spans)),o.trace.serviceCount(r.services.length),r.errors>0&&o.trace.errorCount(r.errors,a.count(r.errors))];
return t("div",{class:"card tile cmp-side",children:[t("span",{children:[n," · ",a.time(r.startUs/1e3,F.value)]}),t("a",{class:"link",href:O("trace",{id:r.traceId}),
title:o.compare.open(r.traceId),children:[t("b",{children:r.names[r.name[0]]||o.trace.unnamed})," ",t("span",{class:"mono",children:C(r.traceId)})]}),t("span",{
class:"sub",children:[a.duration(r.durationUs),...s].filter(Boolean).join(" · ")})]})}function ke({A:n,B:r,diff:o,row:a,closed:s,longestUs:e,onToggle:c}){let p=T(),
[l,u]=[o.a[a],o.b[a]],[f,g]=l>=0?[n,l]:[r,u],i=f.services[f.service[g]],d=o.size[a]>1?s?"closed":"open":"";return t(x,{children:[t("span",{role:"gridcell",class:"\
wf-name",style:{paddingLeft:`${Math.min(o.depth[a],Me)*12}px`},children:[t("span",{class:`wf-twisty ${d}`,"aria-hidden":"true",onClick:b=>{b.stopPropagation(),d&&
c(a,!s)}}),t("i",{class:$(f,f.service[g]),"aria-hidden":"true"}),t("b",{children:i?.name||p.trace.unknownService})," ",t("span",{class:"muted",children:f.names[f.
name[g]]||p.trace.unnamed}),s&&t("span",{class:"wf-badge",children:p.trace.hidden(w().count(o.size[a]-1))})]}),t(le,{model:n,row:l,longestUs:e,missing:p.compare.
onlyB}),t(le,{model:r,row:u,longestUs:e,missing:p.compare.onlyA}),t("span",{role:"gridcell",class:"num",children:l>=0&&u>=0?t(k,{us:r.duration[u]-n.duration[l]}):
t("span",{class:"sub",children:l>=0?p.compare.onlyA:p.compare.onlyB})})]})}function le({model:n,row:r,longestUs:o,missing:a}){let s=T();if(r<0)return t("span",{
role:"gridcell",class:"cmp-bar none",children:t("span",{class:"sr",children:a})});let e=c=>`${(c/o*100).toFixed(2)}%`;return t("span",{role:"gridcell",class:"cm\
p-bar",children:[t("i",{class:`${$(n,n.service[r])}${n.isError[r]?" failed":""}`,style:{left:e(n.start[r]),width:e(n.duration[r])}}),t("span",{class:n.start[r]>
o/2?"at-start":"",children:[n.isError[r]===1&&t("b",{class:"crit-text",children:[n.statuses[r]||s.trace.error," "]}),w().duration(n.duration[r])]})]})}export{pt as ComparePage};
