import{$ as m,$b as j,Da as g,Ea as f,Ga as E,Ha as P,J as n,K as u,O as d,Oa as x,Ua as L,Z as v,Zb as O,a as o,b as l,da as w,fa as S,l as p,ra as c,ta as b,tc as T}from"./chunk.js";var q=`apiVersion: nines.dev/v1alpha1
kind: UserStory
metadata: { name: shop, displayName: Buy in the shop }
spec:
  owner: shop-team
  slos: [shop-availability, item-availability]
  join: trace`;function K({query:e}){let s=n().stories;O(s.$);let t=d(p("/stories"),{topic:"slos"}),i=d(p("/slos"),{topic:"slos"}).data?.items??[];return o(l,null,t.old&&o(w,{resource:t,what:s.$}),o(S,{resource:t,what:s.$,rows:10,card:!0},({
items:a})=>a.length===0?o("section",{class:"card"},o(m,{title:s.xt},o("p",null,s.Ua),o("pre",{tabIndex:0},q))):o(l,null,o("div",{class:"row"},o(T,{label:s._,text:e.q,onText:r=>x(c("stories",{},{q:r}),{replace:!0})})),o(N,{stories:g(a).filter(
r=>j(e.q,[r.title,r.name,r.owner??"",...r.slos].join(" "))!==null),slos:i}))))}function N({stories:e,slos:s}){let t=n();return e.length>0?o(l,null,e.map(i=>o(B,{key:i.name,story:i,slos:s}))):o("section",{class:"card"},o(m,{title:t.stories.M},
o("a",{class:"btn",href:c("stories",{})},t.overview.D)))}function B({story:e,slos:s}){let t=n(),i=u(),a=s.filter(k=>e.slos.includes(k.name)),r=[e.owner&&t.overview.or(e.owner),t.stories.Na[e.join??"worst"],e.budget!=null&&t.overview.ir(i.budget(
e.budget)),e.window&&t.stories.se(i.window(e.window)),e.sli!=null&&t.overview.ar(i.sli(e.sli,e.target??1)),e.target!==void 0&&t.stories.Pt(i.target(e.target)),e.bad!==void 0&&e.good!==void 0&&t.stories.Ia(i.count(e.bad),i.count(e.bad+e.good))];
return o("section",{class:"card flush story-section","aria-label":e.title},o("div",{class:"card-head"},o("h2",null,e.title),o(v,{tone:b[f(e)]},t.status[f(e)]),o("span",{class:"spring"}),o("a",{class:"btn small",href:c("traces",{},{q:P(e,s)})},
t.overview.lr)),o("div",{class:"story-facts"},o("p",{class:"sub"},r.filter(Boolean).join(" · ")),o(E,{story:e,slos:s})),o(L,{slos:a,group:"none",sort:"risk"}))}export{K as StoriesPage};
