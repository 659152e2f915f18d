import{$ as m,$b as P,Da as S,Ea as f,Ga as b,Ha as T,J as l,K as u,O as p,Oa as E,Ua as L,Z as w,Zb as O,a,da as v,fa as g,h as t,l as d,ra as c,ta as h,tc as x}from"./chunk.js";var k=`apiVersion: nines.dev/v1alpha1
kind: UserStory
metadata: { name: shop, displayName: Buy in the shop }
spec:
  owner: shop-team
  slos: [shop-availability, item-availability]
  join: trace`;function G({query:e}){let s=l().stories;O(s.title);let o=p(d("/stories"),{topic:"slos"}),i=p(d("/slos"),{topic:"slos"}).data?.items??[];return t(a,{children:[o.old&&t(v,{resource:o,what:s.title}),t(g,{resource:o,what:s.title,
rows:10,card:!0,children:({items:n})=>n.length===0?t("section",{class:"card",children:t(m,{title:s.none,children:[t("p",{children:s.noneText}),t("pre",{tabIndex:0,children:k})]})}):t(a,{children:[t("div",{class:"row",children:t(x,{label:s.find,
text:e.q,onText:r=>E(c("stories",{},{q:r}),{replace:!0})})}),t(q,{stories:S(n).filter(r=>P(e.q,[r.title,r.name,r.owner??"",...r.slos].join(" "))!==null),slos:i})]})})]})}function q({stories:e,slos:s}){let o=l();return e.length>0?t(a,{children:e.
map(i=>t(y,{story:i,slos:s},i.name))}):t("section",{class:"card",children:t(m,{title:o.stories.nothing,children:t("a",{class:"btn",href:c("stories",{}),children:o.overview.clear})})})}function y({story:e,slos:s}){let o=l(),i=u(),n=s.filter(
j=>e.slos.includes(j.name)),r=[e.owner&&o.overview.storyOwner(e.owner),o.stories.joins[e.join??"worst"],e.budget!=null&&o.overview.storyBudget(i.budget(e.budget)),e.window&&o.stories.window(i.window(e.window)),e.sli!=null&&o.overview.storyTraces(
i.sli(e.sli,e.target??1)),e.target!==void 0&&o.stories.target(i.target(e.target)),e.bad!==void 0&&e.good!==void 0&&o.stories.counted(i.count(e.bad),i.count(e.bad+e.good))];return t("section",{class:"card flush story-section","aria-label":e.
title,children:[t("div",{class:"card-head",children:[t("h2",{children:e.title}),t(w,{tone:h[f(e)],children:o.status[f(e)]}),t("span",{class:"spring"}),t("a",{class:"btn small",href:c("traces",{},{q:T(e,s)}),children:o.overview.storyTracesLink})]}),
t("div",{class:"story-facts",children:[t("p",{class:"sub",children:r.filter(Boolean).join(" · ")}),t(b,{story:e,slos:s})]}),t(L,{slos:n,group:"none",sort:"risk"})]})}export{G as StoriesPage};
