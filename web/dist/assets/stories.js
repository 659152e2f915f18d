import{$ as m,$b as P,Da as b,Ea as f,Ga as T,Ha as x,J as l,K as u,O as p,Oa as E,Ua as L,Z as w,Zb as O,a as t,b as a,da as v,fa as S,l as d,ra as c,ta as g,tc as j}from"./chunk.js";var q=`apiVersion: nines.dev/v1alpha1
kind: UserStory
metadata: { name: shop, displayName: Buy in the shop }
spec:
  owner: shop-team
  slos: [shop-availability, item-availability]
  join: trace`;function J({query:e}){let s=l().stories;O(s.title);let o=p(d("/stories"),{topic:"slos"}),i=p(d("/slos"),{topic:"slos"}).data?.items??[];return t(a,null,o.old&&t(v,{resource:o,what:s.title}),t(S,{resource:o,what:s.title,rows:10,
card:!0},({items:n})=>n.length===0?t("section",{class:"card"},t(m,{title:s.none},t("p",null,s.noneText),t("pre",{tabIndex:0},q))):t(a,null,t("div",{class:"row"},t(j,{label:s.find,text:e.q,onText:r=>E(c("stories",{},{q:r}),{replace:!0})})),t(
y,{stories:b(n).filter(r=>P(e.q,[r.title,r.name,r.owner??"",...r.slos].join(" "))!==null),slos:i}))))}function y({stories:e,slos:s}){let o=l();return e.length>0?t(a,null,e.map(i=>t(B,{key:i.name,story:i,slos:s}))):t("section",{class:"card"},
t(m,{title:o.stories.nothing},t("a",{class:"btn",href:c("stories",{})},o.overview.clear)))}function B({story:e,slos:s}){let o=l(),i=u(),n=s.filter(k=>e.slos.includes(k.name)),r=[e.owner&&o.overview.storyOwner(e.owner),o.stories.joins[e.join??
"worst"],e.budget!=null&&o.overview.storyBudget(i.budget(e.budget)),e.window&&o.stories.window(i.window(e.window)),e.sli!=null&&o.overview.storyTraces(i.sli(e.sli,e.target??1)),e.target!==void 0&&o.stories.target(i.target(e.target)),e.bad!==
void 0&&e.good!==void 0&&o.stories.counted(i.count(e.bad),i.count(e.bad+e.good))];return t("section",{class:"card flush story-section","aria-label":e.title},t("div",{class:"card-head"},t("h2",null,e.title),t(w,{tone:g[f(e)]},o.status[f(e)]),
t("span",{class:"spring"}),t("a",{class:"btn small",href:c("traces",{},{q:x(e,s)})},o.overview.storyTracesLink)),t("div",{class:"story-facts"},t("p",{class:"sub"},r.filter(Boolean).join(" · ")),t(T,{story:e,slos:s})),t(L,{slos:n,group:"no\
ne",sort:"risk"}))}export{J as StoriesPage};
