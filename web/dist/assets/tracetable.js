import{I as k,J as x,W as C,a as y,c as S,g as h,h as n,mb as M,rc as I,zb as A}from"./chunk.js";function O(t,{root:c,only:l,key:r,down:u}){let f=Math.max(0,c),b=c<0?t.count:c+t.size[c],g=Int32Array.from({length:b-f},(s,p)=>f+p).filter(s=>!l||l[s]===1),w=u?
-1:1;if(r==="start"||r==="duration"||r==="self"){let s=t[r];return g.sort((p,o)=>w*(s[p]-s[o])||p-o)}let d=s=>r==="service"?t.services[t.service[s]]?.name??"":r===
"name"?t.names[t.name[s]]??"":r==="kind"?t.kinds[s]:t.statuses[s],a=new Map([...new Set(Array.from(g,d))].sort().map((s,p)=>[s,p])),v=new Map(Array.from(g,s=>[s,
a.get(d(s))??0]));return g.sort((s,p)=>w*((v.get(s)??0)-(v.get(p)??0))||s-p)}function U(t){if(typeof t=="number")return String(t);let c=/^[=+@\t-]/.test(t)?`'${t}`:
t;return/[",\n\r]/.test(c)?`"${c.replaceAll('"','""')}"`:c}function K(t,c){let l=["spanId,parentId,service,operation,kind,startUs,durationUs,selfUs,error,status\
,depth"];for(let r of c){let u=t.parent[r],f=[t.ids[r],u<0?"":t.ids[u],t.services[t.service[r]]?.name??"",t.names[t.name[r]]??"",t.kinds[r],t.startUs+t.start[r],
t.duration[r],t.self[r],t.isError[r],t.statuses[r],t.depth[r]];l.push(f.map(U).join(","))}return`${l.join(`\r
`)}\r
`}var $=28;function L({model:t,title:c,selected:l,root:r,flags:u,only:f,onlyCritical:b,onSelect:g,onRoot:w,onOpen:d}){let a=k(),v=x(),[s,p]=S({key:"start",down:!1}),
o=h(()=>O(t,{root:r,only:f?u:null,...s}),[t,r,f,u,s]),T=h(()=>o.indexOf(l),[o,l]),P=[["service",a.slo.service],["name",a.span.byOperation],["kind",a.span.kind],
["start",a.span.start,!0],["duration",a.span.duration,!0],["self",a.span.selfTime,!0],["status",a.span.status]];return n(y,{children:[n("div",{class:"row tight \
table-tools",children:[n("span",{class:"sub",role:"status",children:a.trace.spanCount(o.length,v.count(o.length))}),n("span",{class:"spring"}),n("button",{type:"\
button",class:"btn small",onClick:()=>A(`${t.traceId}.csv`,"text/csv",K(t,o)),children:[n(C,{name:"download"}),"CSV"]})]}),n(I,{label:a.trace.grid(c),role:"grid",
class:"span-table",count:o.length,rowPx:$,active:T,onMove:e=>g(o[e]),onOpen:d,onKey:e=>e.key!=="Escape"?!1:(g(-1),!0),head:P.map(([e,i,m])=>n("span",{role:"colu\
mnheader",class:m?"num":"","aria-sort":s.key!==e?"none":s.down?"descending":"ascending",children:n("button",{type:"button",class:"plain",onClick:()=>p({key:e,down:s.
key===e?!s.down:m===!0&&e!=="start"}),children:[i,s.key===e&&(s.down?" ↓":" ↑")]})},e)),rowProps:e=>({class:u&&!u[o[e]]||b&&!t.isCritical[o[e]]?"same":"",onDblClick:()=>w(
o[e])}),cells:e=>{let i=o[e];return n(y,{children:[n("span",{role:"gridcell",children:[n("i",{class:M(t,t.service[i]),"aria-hidden":"true"})," ",t.services[t.service[i]]?.
name||a.trace.unknownService]}),n("span",{role:"gridcell",children:t.names[t.name[i]]||a.trace.unnamed}),n("span",{role:"gridcell",children:t.kinds[i].toLowerCase()}),
n("span",{role:"gridcell",class:"num",children:v.offset(t.start[i])}),n("span",{role:"gridcell",class:"num",children:t.duration[i]>0?v.duration(t.duration[i]):""}),
n("span",{role:"gridcell",class:"num",children:v.duration(t.self[i])}),n("span",{role:"gridcell",class:t.isError[i]?"crit-text":"",children:t.isError[i]?`✕ ${t.
statuses[i]||a.trace.error}`:t.statuses[i]})]})}})]})}export{L as TraceTable};
