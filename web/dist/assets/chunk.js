var $,hn,Tt,ee,St,Qe,gn,Je,_n,$t,xt,so,Re=Symbol.for("pv"),Xe={},Ye=[],io=/^m(i|n|o|s|text|space)$/,kt=Array.isArray,Mt=Ye.slice,le=Object.assign;function ae(e){
e&&e.parentNode&&e.remove()}function yn(e,t,n){var r,s,o,i={},a=arguments.length;for(o in t)o=="key"?r=t[o]:o=="ref"&&typeof e!="function"?s=t[o]:i[o]=t[o];return a>
2&&(i.children=a>3?Mt.call(arguments,2):n),Ce(e,i,r,s,null)}function Ce(e,t,n,r,s){var o={type:e,props:t,key:n,ref:r,__k:null,__:null,__b:0,__e:null,__c:null,constructor:Re,__v:s||++hn,__i:-1,__u:0};return!s&&$.vnode&&$.
vnode(o),o}function E(e){return e.children}function ye(e,t){this.props=e,this.context=t,this.__g=0}function te(e,t){if(t==null)return e.__&&te(e.__,e.__i+1);for(var n;t<e.
__k.length;t++)if((n=e.__k[t])&&n.__e)return n.__e;return typeof e.type!="function"||e.props.__P?null:te(e)}function ao(e){var t,n=e.__v,r=n.__e,s=[],o=[],i=e.__P;
i&&((t=le({constructor:Re},n)).__v=n.__v+1,$.vnode&&$.vnode(t),Et(i,t,n,e.__n,i.namespaceURI,32&n.__u?[r]:null,s,r||te(n),32&n.__u,o),t.__v=n.__v,t.__.__k[t.__i]=
t,Tn(s,t,o),n.__=n.__e=null,t.__e!=r&&vn(t))}function vn(e){if((e=e.__)&&e.__c&&!e.props.__P)return e.__e=null,e.__k.some(function(t){return t&&(e.__e=t.__e)}),
vn(e)}function mn(e){(8&e.__g||(e.__g|=8,ee.push(e),Qe++))&&St==$.debounceRendering||((St=$.debounceRendering)||queueMicrotask)(bn)}function bn(){try{for(var e,
t=1;ee.length;)ee.length>t&&ee.sort(gn),e=ee.shift(),t=ee.length,8&e.__g&&ao(e)}finally{(Qe=ee.length)&&(St||queueMicrotask)(bn)}}function wn(e,t,n,r,s,o,i,a,f,m,u){
var g,d,c,h,x,y,M=r.__k||Ye,p=t.length;for(f=lo(n,t,M,f,p),g=0;g<p;g++)(c=n.__k[g])!=null&&(d=~c.__i&&M[c.__i]||Xe,c.__i=g,y=Et(e,c,d,s,o,i,a,f,m,u),h=c.__e,(d.
ref!=c.ref||8&d.__u)&&(d.ref&&At(d.ref,null,c,d),c.ref&&u.push(c.ref,c.__c||h,c)),x=x||h,4&c.__u?(f=Sn(c,f,e,!d.__v),d.__e&&(d.__e=null)):typeof c.type=="functi\
on"&&y!==void 0?f=y:h&&(f=h.nextSibling),c.__u&=-21);return n.__e=x,f}function lo(e,t,n,r,s){var o,i,a,f,m,u,g,d,c,h=n.length,x=h,y=0,M=0,p=e.__k=Array(s);for(o=
0;o<s;o++)(i=t[o])!=null&&typeof i!="boolean"&&typeof i!="function"?(typeof i!="object"||i.constructor===String?i=p[o]=Ce(null,i):kt(i)?i=p[o]=Ce(E,{children:i}):
i.constructor===Re&&i.__b?i=p[o]=Ce(i.type,i.props,i.key,i.ref,i.__v):p[o]=i,f=o+y,i.__=e,i.__b=e.__b+1,a=null,~(m=i.__i=uo(i,n,f,x))&&(x--,(a=n[m])&&(a.__u|=2)),
a&&a.__v?(i.__u|=16,m==f-1?y--:m==f+1?y++:m!=f&&(m>f?y--:y++,M=1)):(~m||(s>h?y--:s<h&&y++),typeof i.type!="function"&&(i.__u|=4))):p[o]=null;if(M){for(u=[],g=[],
o=0;o<s;o++)if((i=p[o])&&16&i.__u){for(y=0,d=u.length;y<d;)u[c=y+d>>1]<i.__i?y=c+1:d=c;u[y]=i.__i,g[o]=y+1}for(y=u.length;o--;)g[o]&&(g[o]==y?y--:p[o].__u|=4)}if(x)
for(o=0;o<h;o++)!(a=n[o])||2&a.__u||(a.__e==r&&(r=te(a)),Ct(a,a));return r}function Sn(e,t,n,r){var s,o,i,a;if(typeof e.type=="function"){if(e.props.__P)return t;
if(s=e.__k)for(o=0;o<s.length;o++)s[o]&&(s[o].__=e,t=Sn(s[o],t,n,!1));return t}for(t&&!t.parentNode&&(t=te(e))&&!t.parentNode&&(t=null),i=e.__e,a=t;a&&a.nodeType==
8;)a=a.nextSibling;for(i!=a&&(!r&&n.moveBefore&&i.parentNode?n.moveBefore(i,t):n.insertBefore(i,t||null)),t=i;(t=t&&t.nextSibling)&&t.nodeType==8&&!t.data.startsWith(
"$s"););return t}function uo(e,t,n,r){var s,o=e.key,i=e.type,a=t[n],f=a&&!(2&a.__u);if(a===null&&o==null||f&&o==a.key&&i==a.type)return n;if(r>(f?1:0)){for(s=n-1;s>=0;s--)if((a=
t[s])&&!(2&a.__u)&&o==a.key&&i==a.type)return s;for(s=n+1;s<t.length;s++)if((a=t[s])&&!(2&a.__u)&&o==a.key&&i==a.type)return s}return-1}function dn(e,t,n){n==null&&
(n=""),t[0]=="-"?e.setProperty(t,n):e[t]=n}function We(e,t,n,r,s){var o,i;if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof r=="string"&&(e.style.
cssText=r=""),r)for(t in r)n&&t in n||dn(e.style,t);if(n)for(t in n)r&&n[t]==r[t]||dn(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")typeof n!="function"&&(n=null),
typeof r!="function"&&(r=null),(e.__e||(e.__e={}))[t]=n,n&&r||(i=xt[t]||(xt[t]=co(t)),(e.__a||(e.__a={}))[t]=$t,o=t!=(t=t.replace(_n,"$1")),(t=t.slice(2))[0]<"a"&&
(t=t.toLowerCase()),n?e.addEventListener(t,i,o):e.removeEventListener(t,i,o));else{if(s=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,
"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)
try{return void(e[t]=n??"")}catch{}if(typeof n=="function")return;n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n)}}function co(e){
return function(t){var n=this.__e;if(n){if(n=n[e],t[Je]==null)t[Je]=$t++;else if(t[Je]<this.__a[e])return;return n($.event?$.event(t):t)}}}function Et(e,t,n,r,s,o,i,a,f,m){
var u,g,d,c,h,x,y,M,p,_,w,U,I,Z,G,v,N,V,j=t.type;if(t.constructor!==Re)return null;128&n.__u&&(f=32&n.__u,u=n.__c.__z)&&(t.__u|=f,g=o=[],u.nodeType==8?a=Ze(u,o):
o.push(u),a=o[0]||a),(u=$.__b)&&u(t);e:if(typeof j=="function"){d=i.length;try{if(M=t.props,p=(u=j.prototype)&&u.render,_=(u=j.contextType)&&r[u.__c],w=u?_?_.props.
value:u.__:r,(c=n.__c)?(t.__c=c,2&c.__g&&(c.__g|=1)):(p?t.__c=c=new j(M,w):(t.__c=c=new ye(M,w),c.constructor=j,c.render=po),_&&_.sub(c),c.state||(c.state={}),c.
__n=r,c.__g|=8,c.__h=[],c.__k=[]),p&&(c.__s||(c.__s=c.state),j.getDerivedStateFromProps&&(c.__s==c.state&&(c.__s=le({},c.__s)),le(c.__s,j.getDerivedStateFromProps(
M,c.__s)))),h=c.props,x=c.state,c.__v=t,n.__c){if(M!==h&&p&&!j.getDerivedStateFromProps&&c.componentWillReceiveProps&&c.componentWillReceiveProps(M,w),t.__v==n.
__v&&!(8&c.__g)||!(4&c.__g)&&c.shouldComponentUpdate&&c.shouldComponentUpdate(M,c.__s,w)===!1){t.__v!=n.__v&&(c.props=M,c.state=c.__s,c.__g&=-9),t.__e=n.__e,t.__k=
n.__k,t.__k.some(function(z){z&&(z.__=t)}),Ye.push.apply(c.__h,c.__k),c.__k=[],c.__h.length&&i.push(c),a=te(n);break e}c.componentWillUpdate&&c.componentWillUpdate(
M,c.__s,w),p&&c.componentDidUpdate&&c.__h.push(function(){c.componentDidUpdate(h,x,y)})}else p&&!j.getDerivedStateFromProps&&c.componentWillMount&&c.componentWillMount(),
p&&c.componentDidMount&&c.__h.push(c.componentDidMount);c.context=w,c.props=M,c.__P=e,c.__g&=-5,U=$.__r,I=p?25:0;do c.__g&=-9,U&&U(t),u=c.render(c.props,c.state=
c.__s,c.context);while(8&c.__g&&++I<25);p&&(Ye.push.apply(c.__h,c.__k),c.__k=[]),c.state=c.__s,c.getChildContext&&(r=le({},r,c.getChildContext())),p&&n.__c&&c.getSnapshotBeforeUpdate&&
(y=c.getSnapshotBeforeUpdate(h,x)),Z=u&&u.type===E&&u.key==null?u.props.children:u,M.__P&&(u=a,s=(e=M.__P).namespaceURI,f=o=null,n.props&&n.props.__P!=e&&(n.__k.
some(function(z){z&&Ct(z,z)}),n.__k=null),a=n.__k?te(n,0):null),a=wn(e,kt(Z)?Z:[Z],t,n,r,s,o,i,a,f,m),M.__P&&(t.__e=null,a=u),t.__u&=-161,g&&g.some(ae),c.__h.length&&
i.push(c),1&c.__g&&(c.__g&=-4)}catch(z){if(i.length=d,t.__v=null,f||o)if(z&&z.then){if(t.__u|=128|f,o){for(~(N=o.indexOf(a||void 0))||(N=o.length);(V=o[N-1])&&V.
nodeType==8;)N--;for(;N<o.length;N++)if(V=o[N])if(o[N]=null,G){if(V==v)break}else{if(V.nodeType!=8)break;V.data.startsWith("$s")&&(v=Ze(G=V))}}if(!G){for(;a&&a.
nodeType==8&&a.nextSibling;)a=a.nextSibling;G=a}(u=Ze(G=t.__c.__z||(t.__c.__z=G)))?(t.__e=G,a=u):t.__e=a,a=a&&a.nextSibling}else o&&o.some(ae);else t.__e=n.__e;
t.__k||(t.__k=n.__k||[]),z&&z.then||xn(t),$.__e(z,t,n)}}else a=t.__e=fo(n.__e,t,n,r,s,o,i,f,m,e);return(u=$.diffed)&&u(t),a}function Ze(e,t){if(e&&e.nodeType==8&&
e.data.startsWith("$s"))for(var n=1;e=e.nextSibling;){if(e.nodeType==8){if(e.data.startsWith("$s"))n++;else if(e.data.startsWith("/$s")&&!--n)return e}t&&t.push(
e)}}function xn(e){e&&(e.__c&&(e.__c.__g|=4),e.__k&&e.__k.some(xn))}function Tn(e,t,n){for(var r=0;r<n.length;)At(n[r++],n[r++],n[r++]);$.__c&&$.__c(t,e),e.some(
function(s){try{e=s.__h,s.__h=[],e.some(function(o){o.call(s)})}catch(o){$.__e(o,s.__v)}})}function fo(e,t,n,r,s,o,i,a,f,m){var u,g,d,c,h,x,y,M,p=n.props||Xe,_=t.
props,w=t.type;if(w=="svg"?s="http://www.w3.org/2000/svg":w=="math"?s="http://www.w3.org/1998/Math/MathML":s||(s="http://www.w3.org/1999/xhtml"),o){for(u=0;u<o.
length;u++)if((h=o[u])&&(w?h.localName==w:h.nodeType==3)){e=h,o[u]=null;break}}if(!e){if(M=m.ownerDocument||document,!w)return M.createTextNode(_);e=M.createElementNS(
s,w,_.is?_:m),a&&($.__m&&$.__m(t,o),a=!1),o=null}if(w){if(m=w=="template"&&e.content||e,o=w=="textarea"&&_.defaultValue!=null?null:o&&Mt.call(m.childNodes),!a&&
o)for(p={},u=0;u<e.attributes.length;u++)p[(h=e.attributes[u]).name]=h.value;for(u in p)h=p[u],u=="dangerouslySetInnerHTML"?d=h:u=="children"||u in _||u=="value"&&
"defaultValue"in _||u=="checked"&&"defaultChecked"in _||We(e,u,null,h,s);for(u in _)h=_[u],u=="children"?c=h:u=="dangerouslySetInnerHTML"?g=h:u=="value"?x=h:u==
"checked"?y=h:a&&typeof h!="function"||p[u]===h||We(e,u,h,p[u],s);g?(a||d&&(g.__html==d.__html||g.__html==e.innerHTML)||(e.innerHTML=g.__html),t.__k=[]):(d&&(e.
textContent=""),(w=="foreignObject"||s=="http://www.w3.org/1998/Math/MathML"&&io.test(w))&&(s="http://www.w3.org/1999/xhtml"),wn(m,kt(c)?c:[c],t,n,r,s,o,i,o?o[0]:
n.__k&&te(n,0),a,f),o&&o.some(ae)),a&&w!="textarea"||(u="value",w=="progress"&&x==null?e.removeAttribute(u):x==null||x===e[u]&&(w!="progress"||x)||We(e,u,x,p[u],
s),u="checked",y!=null&&y!=e[u]&&We(e,u,y,p[u],s))}else p===_||a&&e.data==_||(e.data=_);return e}function At(e,t,n,r){try{typeof e=="function"?t?t.__x=e(t)||1:r&&
(r=r.__c||r.__e)&&(t=r.__x)&&(r.__x=null,typeof t=="function"?t():e(null)):e.current=t}catch(s){$.__e(s,n)}}function Ct(e,t,n){var r,s,o,i;if($.unmount&&$.unmount(
e),!(r=e.ref)||r.current&&r.current!=e.__e||At(r,null,t,e),r=e.__c){if(r.componentWillUnmount)try{r.componentWillUnmount()}catch(a){$.__e(a,t)}r.__P=r.__n=null}
if(r=e.__k)for(i=0;i<r.length;i++)r[i]&&Ct(r[i],t,typeof e.type!="function"||n&&!e.props.__P);!n&&(r=e.__c)&&(r=r.__z)&&(s=Ze(r,o=[]))&&(r==e.__e&&o.some(ae),ae(
s),ae(r)),n||ae(e.__e),e.__e=e.__c=e.__=null}function po(e,t,n){return this.constructor(e,n)}function oi(e,t){var n,r,s,o;$.__&&$.__(e,t),t.nodeType==9&&(t=t.documentElement),
r=(n=e&&32&e.__u)?null:t.__k,t.__k=Ce(E,{children:[e]}),s=[],o=[],Et(t,t.__k,r||Xe,Xe,t.namespaceURI,r?null:t.firstChild?Mt.call(t.childNodes):null,s,r?r.__e:t.
firstChild,n,o),Tn(s,t.__k,o),t.__k.props.children=null}$={__e:function(e,t,n,r){for(var s,o,i;t=t.__;)if((s=t.__c)&&!(1&s.__g)){s.__g|=4;try{if((i=(o=s.constructor)&&o.getDerivedStateFromError)&&s.setState(o.getDerivedStateFromError(
e)),s.componentDidCatch&&(s.componentDidCatch(e,r||{}),i=1),i&&8&s.__g)return void(s.__g|=2)}catch(a){e=a}}throw Qe=0,e}},hn=0,Tt=function(e){return e!=null&&e.
constructor===Re},ye.prototype.setState=function(e,t){var n=this.__s;n&&n!=this.state||(n=this.__s=le({},this.state)),typeof e=="function"&&(e=e(le({},n),this.props)),
e&&(le(n,e),this.__v&&(t&&this.__k.push(t),mn(this)))},ye.prototype.forceUpdate=function(e){this.__v&&(this.__g|=4,e&&this.__h.push(e),mn(this))},ye.prototype.render=
E,ee=[],Qe=0,gn=function(e,t){return e.__v.__b-t.__v.__b},Je=Symbol(),_n=/(PointerCapture)$|Capture$/i,$t=0,xt={},so=0;var ue,O,Rt,$n,Ot=Object.is,et=0,Pn=[],Nt=[],R=$,kn=R.__b,Mn=R.__r,En=R.diffed,An=R.__c,Cn=R.unmount,Rn=R.__;function Ne(e,t){R.__h&&R.__h(O,e,et||t),et=0;var n=O.
__H||(O.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function D(e){return et=1,mo(Ln,e)}function mo(e,t,n){var r=Ne(ue++,2);if(r.t=e,!r.__c&&
(r.__=[n?n(t):Ln(void 0,t),function(o){var i=(r.__N||r.__)[0],a=r.t(i,o);Ot(i,a)||(r.__N=[a,r.__[1]],r.__c.setState({}))}],r.__c=O,!O.__f)){O.__f=!0;var s=O.shouldComponentUpdate;
O.shouldComponentUpdate=function(o,i,a){var f=this.__H;if(!f)return!0;var m=!1,u=this.props!=o;if(f.__.some(function(d){d.__N&&(m=!0,Ot(d.__[0],d.__N[0])||(u=!0))}),
s){var g=s.call(this,o,i,a);return m?g||u:g}return!m||u}}return r.__}function C(e,t){var n=Ne(ue++,3);!R.__s&&Lt(n.__H,t)&&(n.__P=!0,n.__=e,n.u=t,O.__H.__h.push(
n))}function tt(e,t){var n=Ne(ue++,4);!R.__s&&Lt(n.__H,t)&&(n.__P=!1,n.__=e,n.u=t,O.__h.push(n))}function P(e){return et=5,ve(function(){return{current:e}},[])}function ve(e,t){var n=Ne(ue++,7);return Lt(n.__H,t)&&(n.__=e(),n.__H=t),n.__}function be(){var e=Ne(ue++,11);if(!e.__){for(var t=O.__v;!t.__m&&t.__;)t=t.__;var n=t.__m||(t.__m=[0,0]);e.__="P"+n[0]+"-"+n[1]++}return e.__}function ho(){var e;
do{for(;e=Nt.shift();)try{Oe(e)}catch(n){R.__e(n,{__:(e=e.__P)&&e.__v})}for(;e=Pn.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(Oe),t.__h.some(Pt),t.__h=[]}catch(n){
t.__h=[],R.__e(n,e.__v)}}}while(Nt.length)}R.__b=function(e){O=null,kn&&kn(e)},R.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),Rn&&Rn(e,t)},R.__r=function(e){
Mn&&Mn(e),ue=0;var t=(O=e.__c).__H;t&&(Rt==O?O.__h=[]:(t.__h.some(Oe),t.__h.some(Pt),ue=0),t.__h=[],t.__.some(function(n){n.__N&&(n.__=n.__N),n.u=n.__N=void 0})),
Rt=O},R.diffed=function(e){En&&En(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&Nn(Pn.push(t)),t.__H.__.some(function(n){n.u&&(n.__H=n.u)})),Rt=O=null},R.__c=function(e,t){
t.some(function(n){try{n.__h.some(Oe),n.__h=n.__h.filter(function(r){return!r.__||Pt(r)})}catch(r){n.__h=[function(){throw r}]}}),An&&An(e,t)},R.unmount=function(e){
Cn&&Cn(e);var t,n,r=e.__c;r&&r.__H&&(r.__H.__.some(function(s){try{if(s.__P&&s.__c){if(n===void 0){for(n=e.__;n&&(!n.__c||!n.__c.__P);)n=n.__;n=n&&n.__c}s.__P=n,
Nn(Nt.push(s))}else Oe(s)}catch(o){t=o}}),r.__H=void 0,t&&R.__e(t,r.__v))};var On=typeof requestAnimationFrame=="function";function go(e){var t,n=function(){clearTimeout(
r),On&&cancelAnimationFrame(t),setTimeout(e)},r=setTimeout(n,35);On&&(t=requestAnimationFrame(n))}function Nn(e){e!=1&&$n==R.requestAnimationFrame||(($n=R.requestAnimationFrame)||
go)(ho)}function Oe(e){var t=O,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),O=t}function Pt(e){var t=O;e.__c=e.__(),O=t}function Lt(e,t){return!e||e.length!=
t.length||t.some(function(n,r){return!Ot(n,e[r])})}function Ln(e,t){return typeof t=="function"?t(e):t}var _o=Symbol.for("pv"),yo=0;function l(e,t,n,r,s,o){t||(t={});var i,a,f=t;if("ref"in f&&typeof e!="function")for(a in f={},t)a=="ref"?i=t[a]:f[a]=t[a];var m={type:e,props:f,key:n,ref:i,__k:null,
__:null,__b:0,__e:null,__c:null,constructor:_o,__v:--yo,__i:-1,__u:0};return(s||o)&&(m.__source=s,m.__self=o),$.vnode&&$.vnode(m),m}function k(){return{read:e=>e??"",write:e=>e||null}}function B(e,t){return{read:n=>e.includes(n)?n:t,write:n=>n===t?null:n}}function we(){return{read:e=>e==="1",
write:e=>e?"1":null}}function Un(e,t){let n=new URLSearchParams(t),r={};for(let[s,o]of Object.entries(e))r[s]=o.read(n.get(s));return r}function In(e,t){let n=[];
for(let[r,s]of Object.entries(e)){let o=t[r],i=o===void 0?null:s.write(o);i!==null&&n.push(`${r}=${Se(i)}`)}return n.length===0?"":`?${n.join("&")}`}function Se(e){
return encodeURIComponent(e).replace(/%(20|2F|3A|2C|3D|40)/g,t=>t==="%20"?"+":decodeURIComponent(t))}var vo="/api/nines/v1",F=0;function Q(e,t={}){let n=Object.entries(t).flatMap(([r,s])=>s===void 0||s===""?[]:[`${r}=${Se(String(s))}`]);return vo+e+(n.length===
0?"":`?${n.join("&")}`)}var W=class extends Error{constructor(n,r){super(n.detail??n.title);this.problem=n;this.url=r}problem;url};async function ne(e,t,n,r){let s;
try{s=await fetch(`${e}${e.includes("?")?"&":"?"}lang=${t}`,{signal:n,headers:{accept:"application/json",...r===void 0?{}:{"content-type":"application/json"}},...r===
void 0?{}:{method:"POST",body:r}})}catch(a){throw n?.aborted?a:new W({title:"unreachable",status:F},e)}let o=await s.json().catch(()=>null);if(s.ok&&o!==null)return o;
let i=typeof o=="object"&&o!==null?o:{};throw new W({...i,title:i.title??(s.statusText||String(s.status)),status:s.status},e)}function Ut(e,t){if(e<t)return e;let n=Math.floor(Math.log2(e))-Math.log2(t);return(n+1)*t+Math.floor(e/2**n)-t}function bo(e,t){if(e<t)return{fromUs:e,toUs:e};
let n=2**(Math.floor(e/t)-1),r=(e%t+t)*n;return{fromUs:r,toUs:r+n-1}}function Fn(e,t,n=[]){let{fromMs:r,toMs:s,stepMs:o,parts:i}=e,a=Math.floor(r/o)*o,f=Math.min(
4e3,Math.max(1,Math.floor((s-a)/o)+1)),m=t.flatMap(({bucket:h})=>h?[Ut(h.fromUs,i)]:[]);for(let h of n)m.push(Ut(h,i));let u=m.reduce((h,x)=>Math.min(h,x),1/0),
g=m.reduce((h,x)=>Math.max(h,x),-1/0),d=m.length===0?[]:Array.from({length:g-u+1},(h,x)=>bo(u+x,i)),c={fromMs:r,toMs:s,stepMs:o,columns:f,rows:d,spans:new Float64Array(
f*d.length),errors:new Float64Array(f*d.length),allSpans:new Float64Array(f),allErrors:new Float64Array(f)};for(let{atMs:h,bucket:x,spans:y,errors:M}of t){let p=Math.
round((h-a)/o);if(p<0||p>=f||(c.allSpans[p]+=y,c.allErrors[p]+=M,!x))continue;let _=p*d.length+Ut(x.fromUs,i)-u;c.spans[_]+=y,c.errors[_]+=M}return c}var Ft=(e,t)=>Math.
floor(e.fromMs/e.stepMs)*e.stepMs+t*e.stepMs;function di(e,t){if(!t||e.rows.length===0)return null;let n=Ft(e,0),r=Math.max(0,Math.floor((t.fromMs-n)/e.stepMs)),
s=Math.min(e.columns-1,Math.ceil((t.toMs-n)/e.stepMs)-1),o=e.rows.findIndex(a=>a.toUs>=t.fromUs),i=e.rows.findLastIndex(a=>a.fromUs<=t.toUs);return r>s||o<0||i<
o?null:{c0:r,c1:s,r0:o,r1:i}}function hi(e,{c0:t,c1:n,r0:r,r1:s}){return{fromMs:Math.max(e.fromMs,Ft(e,t)),toMs:Math.min(e.toMs,Ft(e,n+1)),fromUs:e.rows[r].fromUs,
toUs:e.rows[s].toUs}}function gi(e,t){let n={spans:0,errors:0};if(!t)return n;for(let r=t.c0;r<=t.c1;r++)for(let s=t.r0;s<=t.r1;s++)n.spans+=e.spans[r*e.rows.length+
s],n.errors+=e.errors[r*e.rows.length+s];return n}var _i=e=>({c0:0,c1:e.columns-1,r0:0,r1:e.rows.length-1});function yi(e,t,n){let r=e.rows.length,s=e.spans.subarray(
t*r,t*r+r),o=Math.max(1,Math.ceil(n*s.reduce((a,f)=>a+f,0))),i=0;for(let a=0;a<r;a++)if(i+=s[a],i>=o)return e.rows[a].toUs;return null}function Dn(e){let[t,n,r,
s,...o]=e.split(",").map(a=>/^\d{1,16}$/.test(a)?Number(a):NaN);return o.length===0&&t<n&&r<=s?{fromMs:t,toMs:n,fromUs:r,toUs:s}:null}var vi=e=>e?[e.fromMs,e.toMs,
e.fromUs,e.toUs].join(","):"",ce=1e3,fe=60*ce,re=60*fe,It=[ce,2*ce,5*ce,10*ce,15*ce,30*ce,fe,2*fe,5*fe,10*fe,15*fe,30*fe,re,2*re,3*re,6*re,12*re,24*re,48*re,168*
re];function bi(e,t,n,r){let s=It.find(i=>(t-e)/i<=n)??It[It.length-1],o=[];for(let i=Math.ceil((e+r)/s)*s-r;i<=t;i+=s)o.push(i);return{stepMs:s,at:o}}function wi(e,t,n){
let r=[];for(let i=1;i<=t;i*=10)r.push(i);let s=i=>i.filter(a=>a>=e&&a<=t),o=s(r);if(o.length>=3){let i=Math.ceil(o.length/Math.max(1,n));return o.filter((a,f)=>(o.
length-1-f)%i===0)}return s(r.flatMap(i=>[i,2*i,5*i])).slice(-n)}var Dt="nines.";function pe(e){try{return localStorage.getItem(Dt+e)}catch{return null}}function me(e,t){try{t===null?localStorage.removeItem(Dt+e):localStorage.
setItem(Dt+e,t)}catch{}}var wo={s:"second",m:"minute",h:"hour",d:"day",w:"week"},qn=[["day",864e8],["hour",36e8],["minute",6e7],["second",1e6]];function Hn(e){for(let t=0;t<4;t++)if(Math.
abs(e-Number(e.toFixed(t)))<1e-9)return t;return 4}function nt(e){let t=e>=100?0:e>=10?1:2;return String(Number(e.toFixed(t)))}function Gn(e){let t=/^(\d+)(us|ms|s|m|h|d|w)$/.
exec(e);if(!t)return null;let n={us:1,ms:1e3,s:1e6,m:6e7,h:36e8,d:864e8,w:7*864e8}[t[2]];return Number(t[1])*(n??0)}function Bn(e){for(let[t,n]of qn)if(e>=n)return[
Math.round(e/n),t];return[Math.round(e/1e6),"second"]}var Kn=["B","kB","MB","GB","TB"];function So(e){let t=0;for(;e>=999.5&&t<Kn.length-1;)e/=1e3,t++;return`${t===
0?Math.round(e):nt(e)} ${Kn[t]}`}function Vn(e,t="local"){let n=t==="utc"?"UTC":void 0,r=p=>t==="utc"?0:-new Date(p).getTimezoneOffset()*6e4,s=p=>Math.floor((p+
r(p))/864e5),o=e==="ko"?"ko-KR":"en-GB",i=new Intl.NumberFormat(o,{maximumFractionDigits:0}),a=new Intl.RelativeTimeFormat(o,{numeric:"always",style:e==="ko"?"l\
ong":"short"}),f=new Intl.DateTimeFormat(o,{timeZone:n,hour:"2-digit",minute:"2-digit",second:"2-digit",hourCycle:"h23"}),m=new Intl.DateTimeFormat(o,{timeZone:n,
month:"short",day:"numeric",hour:"2-digit",minute:"2-digit",hourCycle:"h23"}),u=new Intl.DateTimeFormat(o,{timeZone:n,hour:"2-digit",minute:"2-digit",hourCycle:"\
h23"}),g=new Intl.DateTimeFormat(o,{timeZone:n,month:"short",day:"numeric"}),d=new Intl.DateTimeFormat(o,{timeZone:n,year:"numeric",month:"short",day:"numeric",
hour:"2-digit",minute:"2-digit",second:"2-digit",fractionalSecondDigits:3,hourCycle:"h23",timeZoneName:"short"}),c=new Intl.ListFormat(o,{style:"short",type:"co\
njunction"}),h=new Map;function x(p,_,w){let U=_+w,I=h.get(U);return I||(I=new Intl.NumberFormat(o,{style:"unit",unit:_,unitDisplay:w}),h.set(U,I)),I.format(p)}
function y(p,_,w){let U=`%${_}${w}`,I=h.get(U);return I||(I=new Intl.NumberFormat(o,{style:"percent",minimumFractionDigits:_,maximumFractionDigits:_,roundingMode:w?
"floor":"halfExpand"}),h.set(U,I)),I.format(p).replace("-","−").replace(/^−0(\.0+)?%$/,"0%")}function M(p){if(p<=0)return"0 ms";if(p<1e3)return`${Math.round(
p)} µs`;if(p<999500)return`${nt(p/1e3)} ms`;if(p<6e7)return`${nt(p/1e6)} s`;let[_,w]=p<36e8?["minute","second"]:p<864e8?["hour","minute"]:["day","hour"],U=Object.
fromEntries(qn),I=Math.floor(p/U[_]),Z=Math.floor((p-I*U[_])/U[w]),G=x(I,_,"narrow");return Z===0?G:`${G} ${x(Z,w,"narrow")}`}return{count:p=>i.format(p),duration:M,
offset:p=>(p<0?"−":"+")+M(Math.abs(p)),length:p=>x(...Bn(p),"long"),window(p){let _=/^(\d+)([smhdw])$/.exec(p);return _?x(Number(_[1]),wo[_[2]],"long"):p},target:p=>y(
p,Hn(p*100),!1),sli(p,_){return p===null?"–":p===1?"100%":y(p,Math.max(2,Hn(_*100)),!0)},budget(p){if(p===null)return"–";let _=Math.abs(p);return y(p,_>0&&_<
.01?1:0,!1)},share:p=>y(p,p>0&&p<.1?1:0,!1),burn(p){return p===null?"–":`${p>=100?i.format(p):p.toFixed(1)}×`},time(p,_){return(s(p)===s(_)?f:m).format(p)},tick(p,_){
let w=(p+r(p))%864e5<6e4;return _>=24*36e5||w&&_>=36e5?g.format(p):(_>=6e4?u:f).format(p)},instant:p=>d.format(p),relative(p,_){let[w,U]=Bn(Math.abs(p-_)*1e3);return a.
format(p<=_?-w:w,U)},list:p=>c.format(p),bytes:So,rate:p=>`${p>=1e3?i.format(p):p>0&&p<.01?"<0.01":nt(p)}/s`,offsetMs:r}}var xo=Symbol.for("preact-signals");function it(){if(X>1)X--;else{var e,t=!1;for((function(){var s=ot;for(ot=void 0;s!==void 0;){var o=s.S;if(o.v===s.v)for(var i=o.
t;i!==void 0;i=i.x)i.i===s.i&&(i.i=o.i);s=s.o}})();Le!==void 0;){var n=Le;for(Le=void 0,rt++;n!==void 0;){var r=n.u;if(n.u=void 0,n.f&=-3,!(8&n.f)&&zn(n))try{n.
c()}catch(s){t||(e=s,t=!0)}n=r}}if(rt=0,X--,t)throw e}}function Bt(e){if(X>0)return e();Ht=++To,X++;try{return e()}finally{it()}}var Pe,A=void 0;function Ue(e){
var t=A,n=Pe;A=void 0,Pe=void 0;try{return e()}finally{A=t,Pe=n}}var Le=void 0,X=0,rt=0,To=0,Ht=0,ot=void 0,st=0;function jn(e){if(A!==void 0){var t=e.n;if(t===
void 0||t.t!==A)return t={i:0,S:e,p:A.s,n:void 0,t:A,e:void 0,x:void 0,r:t},A.s!==void 0&&(A.s.n=t),A.s=t,e.n=t,32&A.f&&e.S(t),t;if(t.i===-1)return t.i=0,t.n!==
void 0&&(t.n.p=t.p,t.p!==void 0&&(t.p.n=t.n),t.p=A.s,t.n=void 0,A.s.n=t,A.s=t),t}}function L(e,t){this.v=e,this.i=0,this.n=void 0,this.t=void 0,this.l=0,this.W=
t?.watched,this.Z=t?.unwatched,this.name=t?.name}L.prototype.brand=xo;L.prototype.h=function(){return!0};L.prototype.S=function(e){var t=this,n=this.t;n!==e&&e.
e===void 0&&(e.x=n,this.t=e,n!==void 0?n.e=e:Ue(function(){var r;(r=t.W)==null||r.call(t)}))};L.prototype.U=function(e){var t=this;if(this.t!==void 0){var n=e.e,
r=e.x;n!==void 0&&(n.x=r,e.e=void 0),r!==void 0&&(r.e=n,e.x=void 0),e===this.t&&(this.t=r,r===void 0&&Ue(function(){var s;(s=t.Z)==null||s.call(t)}))}};L.prototype.
subscribe=function(e){var t=this;return Y(function(){var n=t.value;Ue(function(){return e(n)})},{name:"sub"})};L.prototype.valueOf=function(){return this.value};
L.prototype.toString=function(){return this.value+""};L.prototype.toJSON=function(){return this.value};L.prototype.peek=function(){var e=this;return Ue(function(){
return e.value})};Object.defineProperty(L.prototype,"value",{get:function(){var e=jn(this);return e!==void 0&&(e.i=this.i),this.v},set:function(e){if(e!==this.v){
if(rt>100)throw new Error("Cycle detected");(function(n){X!==0&&rt===0&&n.l!==Ht&&(n.l=Ht,ot={S:n,v:n.v,i:n.i,o:ot})})(this),this.v=e,this.i++,st++,X++;try{for(var t=this.
t;t!==void 0;t=t.x)t.t.N()}finally{it()}}}});function b(e,t){return new L(e,t)}function zn(e){for(var t=e.s;t!==void 0;t=t.n)if(t.S.i!==t.i||!t.S.h()||t.S.i!==t.
i)return!0;return!1}function Wn(e){for(var t=e.s;t!==void 0;t=t.n){var n=t.S.n;if(n!==void 0&&(t.r=n),t.S.n=t,t.i=-1,t.n===void 0){e.s=t;break}}}function Jn(e){
for(var t=e.s,n=void 0;t!==void 0;){var r=t.p;t.i===-1?(t.S.U(t),r!==void 0&&(r.n=t.n),t.n!==void 0&&(t.n.p=r)):n=t,t.S.n=t.r,t.r!==void 0&&(t.r=void 0),t=r}e.s=
n}function de(e,t){L.call(this,void 0,t),this.x=e,this.s=void 0,this.g=st-1,this.f=4}de.prototype=new L;de.prototype.h=function(){if(this.f&=-3,1&this.f)return!1;
if((36&this.f)==32||(this.f&=-5,this.g===st))return!0;if(this.g=st,this.f|=1,this.i>0&&!zn(this))return this.f&=-2,!0;var e=A;try{Wn(this),A=this;var t=this.x();
(16&this.f||this.v!==t||this.i===0)&&(this.v=t,this.f&=-17,this.i++)}catch(n){this.v=n,this.f|=16,this.i++}return A=e,Jn(this),this.f&=-2,!0};de.prototype.S=function(e){
if(this.t===void 0){this.f|=36;for(var t=this.s;t!==void 0;t=t.n)t.S.S(t)}L.prototype.S.call(this,e)};de.prototype.U=function(e){if(this.t!==void 0&&(L.prototype.
U.call(this,e),this.t===void 0)){this.f&=-33;for(var t=this.s;t!==void 0;t=t.n)t.S.U(t)}};de.prototype.N=function(){if(!(2&this.f)){this.f|=6;for(var e=this.t;e!==
void 0;e=e.x)e.t.N()}};Object.defineProperty(de.prototype,"value",{get:function(){if(1&this.f)throw new Error("Cycle detected");var e=jn(this);if(this.h(),e!==void 0&&
(e.i=this.i),16&this.f)throw this.v;return this.v}});function J(e,t){return new de(e,t)}function Zn(e){var t=e.j;if(e.j=void 0,typeof t=="function"){X++;var n=A;
A=void 0;try{t()}catch(r){throw e.f&=-2,e.f|=8,Kt(e),r}finally{A=n,it()}}}function Kt(e){for(var t=e.s;t!==void 0;t=t.n)t.S.U(t);e.x=void 0,e.s=void 0,Zn(e)}function $o(e){
if(A!==this)throw new Error("Out-of-order effect");Jn(this),A=e,this.f&=-2;try{8&this.f&&Kt(this)}finally{it()}}function xe(e,t){this.x=e,this.j=void 0,this.s=void 0,
this.u=void 0,this.f=32,this.name=t?.name,Pe&&Pe.push(this)}xe.prototype.c=function(){var e=this.S();try{if(8&this.f||this.x===void 0)return;var t=this.x();typeof t==
"function"&&(this.j=t)}finally{e()}};xe.prototype.S=function(){if(1&this.f)throw new Error("Cycle detected");this.f|=1,this.f&=-9,Zn(this),Wn(this),X++;var e=A;
return A=this,$o.bind(this,e)};xe.prototype.N=function(){2&this.f||(this.f|=2,this.u=Le,Le=this)};xe.prototype.d=function(){this.f|=8,1&this.f||Kt(this)};xe.prototype.
dispose=function(){this.d()};function Y(e,t){var n=new xe(e,t);try{n.c()}catch(s){throw n.d(),s}var r=n.d.bind(n);return r[Symbol.dispose]=r,r}var Qn,lt,at,ko=typeof window<"u"&&!!window.__PREACT_SIGNALS_DEVTOOLS__;var Xn=[];Y(function(){Qn=this.N})();function Te(e,t){$[e]=t.bind(null,$[e]||function(){})}function Ie(e){if(at){var t=at;at=void 0,t()}at=e&&e.S()}function Yn(e){
var t=this,n=e.data,r=Eo(n);r.name="ReactiveDom",r.value=n;var s=ve(function(){for(var a=t,f=t.__v;f=f.__;)if(f.__c){f.__c.__$f|=4;break}var m=J(function(){var c=r.
value.value;return c===0?0:c===!0?"":c||""}),u=J(function(){return!Array.isArray(m.value)&&!Tt(m.value)}),g=Y(function(){if(this.N=er,u.value){var c=m.value;a.__v&&
a.__v.__e&&a.__v.__e.nodeType===3&&(a.__v.__e.data=c)}}),d=t.__$u.d;return t.__$u.d=function(){g(),d.call(this)},[u,m]},[]),o=s[0],i=s[1];return o.value?i.peek():
i.value}Yn.displayName="ReactiveTextNode";Object.defineProperties(L.prototype,{constructor:{configurable:!0,value:yn(E,null).constructor},type:{configurable:!0,
value:Yn},props:{configurable:!0,get:function(){var e=this;return{data:{get value(){return e.value}}}}},__b:{configurable:!0,value:1}});Te("__b",function(e,t){if(Ie(),
lt=void 0,typeof t.type=="string"){var n,r=t.props;for(var s in r)if(s!=="children"){var o=r[s];o instanceof L&&(n||(t.__np=n={}),n[s]=o,r[s]=o.peek())}}e(t)});
Te("__r",function(e,t){if(e(t),t.type!==E){Ie();var n,r=t.__c;r&&(r.__$f&=-2,(n=r.__$u)===void 0&&(r.__$u=n=(function(s,o){var i;return Y(function(){i=this},{name:o}),
i.c=s,i})((function(s){return function(){var o;ko&&((o=this.y)==null||o.call(this)),s.__$f|=1,s.setState({})}})(r),typeof t.type=="function"?t.type.displayName||
t.type.name:""))),lt=r,Ie(n)}});Te("__e",function(e,t,n,r){Ie(),lt=void 0,e(t,n,r)});Te("diffed",function(e,t){Ie(),lt=void 0;var n;if(typeof t.type=="string"&&
(n=t.__e)){var r=t.__np,s=t.props,o=n.U;if(o)for(var i in o){var a=o[i];a===void 0||r&&i in r||(a.d(),o[i]=void 0)}if(r){o||(o={},n.U=o);for(var f in r){var m=o[f],
u=r[f];m===void 0?(m=Mo(n,f,u,s),o[f]=m):m.o(u,s)}}}e(t)});function Mo(e,t,n,r){var s=t in e&&e.ownerSVGElement===void 0,o=b(n);return{o:function(i,a){o.value=i,
r=a},d:Y(function(){this.N=er;var i=o.value.value;r[t]!==i&&(r[t]=i,s?e[t]=i:i!=null&&(i!==!1||t[4]==="-")?e.setAttribute(t,i):e.removeAttribute(t))})}}Te("unmo\
unt",function(e,t){if(typeof t.type=="string"){var n=t.__e;if(n){var r=n.U;if(r){n.U=void 0;for(var s in r){var o=r[s];o&&o.d()}}}var i=t.__np;if(i){var a=t.props;
for(var f in i)a[f]=i[f]}t.__np=void 0}else{var m=t.__c;if(m){m.__$f|=8;var u=m.__$u;u&&(m.__$u=void 0,u.d())}}e(t)});Te("__h",function(e,t,n,r){r<3&&(t.__$f|=2),
e(t,n,r)});ye.prototype.shouldComponentUpdate=function(e,t){if(this.__R)return!0;var n=this.__$u,r=n&&n.s!==void 0;for(var s in t)return!0;if(this.__f||typeof this.
u=="boolean"&&this.u===!0){var o=2&this.__$f;if(!(r||o||4&this.__$f)||1&this.__$f)return!0}else if(!(r||4&this.__$f)||3&this.__$f)return!0;for(var i in e)if(i!==
"__source"&&e[i]!==this.props[i])return!0;for(var a in this.props)if(!(a in e))return!0;return!1};function Eo(e,t){return ve(function(){return b(e,t)},[])}var Ao=function(e){queueMicrotask(function(){queueMicrotask(e)})};function Co(){Bt(function(){for(var e;e=Xn.shift();)Qn.call(e)})}function er(){Xn.push(this)===1&&($.requestAnimationFrame||Ao)(Co)}function Ro(){let e={lang:"",version:"",path:"",data:{}};if(typeof document>"u")return e;let t=document.getElementById("boot")?.textContent??"";try{return{...e,
lang:document.documentElement.lang,...JSON.parse(t)}}catch{return{...e,lang:document.documentElement.lang}}}var $e=Ro();var T=(e,t,n)=>e===1?t:n;var tr={alerts:{title:"Alerts",table:"Alerts and their state",states:{active:"Active",firing:"Firing",pending:"Pending",frozen:"Frozen",all:"All",inactive:"Inac\
tive"},find:"Find by SLO, service or severity",state:"State",alert:"Alert",since:"Since",burn:"Burn",burnText:(e,t,n)=>`${e} over ${t}, limit ${n}`,care:"Who ta\
kes care",acknowledge:"Acknowledge",acknowledged:(e,t)=>`${e}, ${t}`,nobody:"somebody",yourName:"Your name",ackText:e=>`${e}: whoever is told of it is not told \
again until it ends.`,ackFailed:e=>`Not acknowledged: ${e}`,cancel:"Cancel",silenced:(e,t)=>`silenced by ${e} until ${t}`,told:e=>`told: ${e}`,frozen:{stale:"co\
unting lags behind",coverage:"too little was measured",empty:"no events any more"},traces:"Traces",tracesOf:e=>`Failing traces of ${e}`,quiet:"Nothing fires",quietText:"\
No alert is pending, firing or frozen.",nothing:"No alert matches.",showAll:"Show all",history:"History",noHistory:"No alert has changed yet.",more:"Older",who:"\
Who is told",nobodyTold:"Nobody: no target is configured. Alerts are on this page, in `nines alert list` and at the gate only.",target:"Target",kind:"Type",waiting:"\
Waiting",givenUp:"Given up",silences:"Silences",delivers:"Delivers",failing:"Fails",failingText:(e,t,n)=>`since ${e}, ${t} ${T(t,"try","tries")}: ${n}`}};var nr={definitions:{title:"Definitions",refused:e=>`Definitions refused: ${e} ${T(e,"fault","faults")}. The last good set is in force.`,inForceSince:e=>`in for\
ce since ${e}`,show:"Show faults",generation:"Generation",generationHint:"How many different sets were in force here",loaded:"In force since",objects:"Objects",
files:"Files",nFiles:e=>`${e} ${T(e,"file","files")}`,watched:e=>`Watched: ${e}`,builtIn:"Built into the program",faults:"Faults of the refused set",refusedAt:e=>`\
refused ${e}`,warnings:"Warnings of the set in force",sound:"Nothing is wrong with them.",error:"Fault",warning:"Warning",copyPlace:e=>`Copy ${e}`,inForce:"In f\
orce",find:"Find by kind, name or file",all:"All",kind:"Kind",name:"Name",place:"Place",nothing:"No object matches.",emptyTitle:"Nothing is defined",more:e=>`${e}\
 more: narrow the list by its filter.`}};var rr={map:{title:"Service map",focus:"Focus",everything:"Everything",hops:"Calls away",min:"Hide calls below",minOf:e=>e==="0"?"none":`${e}%`,view:"View",graph:"\
Graph",table:"Table",find:"Find service",folded:e=>`+${e} quiet ${T(e,"service","services")}`,unfold:"Show all",fold:"Only the busy",weak:e=>`${e} weak ${T(e,"l\
ine","lines")} hidden`,over:e=>`Rates are the mean over: ${e}`,label:(e,t)=>`Map of ${e} ${T(e,"service","services")} and ${t} ${T(t,"line","lines")}. The table\
 has the same.`,node:(e,t,n,r)=>`${e}, ${t}, ${n}, ${r} failing`,p95:e=>`p95 ${e}`,kinds:{service:"service",database:"database",queue:"queue",external:"external"},
alarming:"an alert fires",zoomIn:"Zoom in",zoomOut:"Zoom out",fit:"Whole map",walk:"Along calls, up and down",details:"Details",close:"Close details",focusHere:"\
Focus here",traces:"Traces of this service",through:"Traces through this line",throughEdge:(e,t)=>`Traces from ${e} to ${t}`,rate:"Calls",errors:"Failing",slow:"\
p95",slos:"SLOs",noSlos:"No SLO is about this service.",callers:"Called by",called:"Calls",lines:"Calls between services",services:"Services",from:"From",to:"To",
kind:"Kind",status:"Status",p50:"p50",p99:"p99",emptyTitle:"No calls between services in this time",emptyText:"The map is drawn from spans that call each other \
across services.",noFocus:e=>`${e} calls nobody in this time, and nobody calls it.`,legendWidth:"line width: calls a second, logarithmic",legendRed:"red core: s\
hare that failed",legendSparse:"names appear as you zoom in (Ctrl and wheel) or point"}};var or={settings:{title:"Settings",appearance:"Appearance",thisBrowser:"Kept in this browser",density:"Rows",comfortable:"Comfortable",dense:"Dense",zone:"Times",
local:e=>`Local (${e})`,utc:"UTC",server:"Server",version:"Version",commit:"Commit",started:"Started",listen:"Addresses",storage:"Storage",dataDir:"Data directo\
ry",definitions:"Definitions",memory:"Memory",memoryOf:(e,t)=>`${e} of ${t}`,cpu:"Processor time",threads:"Threads, open files",held:"What is stored",spans:"Spa\
ns",inMemory:e=>`${e} in memory`,onDisk:"Blocks",inbox:"Inbox",history:"Histograms",perSpan:"a span",retention:"Retention",keeps:e=>`Spans are kept for ${e}`,keepsBytes:(e,t)=>`\
Spans are kept for ${e} and up to ${t}`,keepsAll:"Nothing is removed here.",next:e=>`The oldest block goes ${e}.`,byDay:"By day of arrival",day:"Day",bytes:"Byt\
es",bySection:"By part of a block",part:"Part",byColumn:"By column",byColumnHint:"Looks at every block.",measure:"Measure",column:"Column",limits:"Limits in for\
ce",limit:"Limit",value:"At most",limitOf:{body_bytes_max:"a message on the wire",inflated_bytes_max:"a message when inflated",in_flight_bytes_max:"messages bei\
ng taken at once",connections_max:"open connections",services_max:"services listed",names_per_service_max:"names of a service",groups_held_max:"groups of an agg\
regate",filter_chars_max:"characters of a filter",terms_max:"terms of a filter"},keys:"Keyboard"}};var sr=e=>e==="0"?"":`, ${e} failed`,ir={chart:{heatmap:"heat-map",hint:"Drag a box to select.",hintZoom:"Drag a box to select. Drag over the columns to zoom in\
.",keys:"Arrow keys move between cells, with Shift they draw a box, Enter selects it, z zooms in, Escape clears it.",cell:(e,t,n,r,s,o,i)=>`${e} – ${t} · ${n}\
 – ${r} · ${o} ${T(s,"span","spans")}${sr(i)}`,column:(e,t,n,r,s)=>`${e} – ${t} · ${r} ${T(n,"span","spans")}${sr(s)}`,dot:(e,t,n)=>`${e} · ${t}${n?" · f\
ailed":""}`,asTable:"View as table",asChart:"View as chart",time:"From",spans:"Spans",errors:"Errors",median:"Median",p99:"99th percentile"}};var ar={state:{loading:"Loading…",page:"The page",failed:e=>`${e} could not be loaded`,unreachable:"The server does not answer. The page tries again by itself\
.",retry:"Try again",diagnostic:"Copy diagnostic",stale:e=>`As of ${e}`,notFoundTitle:"There is no such page",notFoundText:e=>`Nothing lives at ${e}.`,notFoundGo:"\
Go to the overview"},status:{missed:"Missing the target",low:"Budget below a quarter",held:"Releases held",burning:"Burning fast",spent:"Budget spent",risk:"At \
risk",healthy:"Healthy",none:"No data",all:"All"}};var lr={compare:{title:"Compare two traces",mark:"Mark for comparison",unmark:"Take the mark off",marked:"Marked. Mark another trace to compare the two.",unmarked:"\
The mark is off.",withMarked:"Compare with the marked trace",otherId:"Id of the other trace",go:"Compare",badId:"A trace id is 16 or 32 characters from 0-9 and \
a-f.",heading:(e,t)=>`${e} and ${t}`,traceA:"Trace A",traceB:"Trace B",swap:"Swap A and B",open:e=>`Open ${e}`,difference:"Difference",all:"All spans",differing:"\
Differences",show:"Spans shown",tree:"Spans of both traces",span:"Service and operation",onlyA:"only in A",onlyB:"only in B",onlyATitle:"Only in A",onlyBTitle:"\
Only in B",moreCalls:"Far more calls",selfTime:"Self time that differs most",nothing:"none",calls:(e,t)=>`${e} → ${t} calls`,times:e=>`${e} times`,same:"no ch\
ange",slower:e=>`${e} slower`,faster:e=>`${e} faster`,tags:"Tags that differ",tagsSame:"All tags are the same.",selectHint:"Select a row to compare its tags.",nothingDiffers:"\
Nothing differs by more than one hundredth of the trace.",missing:e=>`Trace ${e} is not here`,nextDifference:"Next, previous difference"}};var ur={overview:{title:"Overview",numbers:"At a glance",meeting:"SLOs meeting target",meetingOf:(e,t)=>`${e} / ${t}`,unmeasured:e=>`${e} without data`,worst:"L\
owest budget",burning:"Burning now",burningNone:"none pages",gate:"Release gate",gateHeld:(e,t)=>`${e} of ${t} services held`,gateFree:e=>`all ${e} services may\
 release`,stories:"User stories",storiesNone:"No user story is defined.",storyOwner:e=>`owned by ${e}`,changed:"What changed",changes:"The changes",changedNone:"\
Nothing yet. Deploys, gate decisions and loaded definitions appear here.",emptyTitle:"No SLO is loaded",emptyText:"An SLO says which requests count and how many\
 of them must be good. Put OpenSLO files into a directory, check them, and start the server with it.",emptySince:e=>`Watched for definitions: ${e}`,filtered:(e,t)=>`${e}\
 of ${t} SLOs`,clear:"Show all",story:e=>`Story: ${e}`,storyBudget:e=>`${e} budget left`,storyTraces:e=>`${e} of traces good`,storyTracesLink:"Traces of this st\
ory",chain:e=>`Steps of ${e}`,suggested:"Suggested from what was received",achieved:(e,t,n,r)=>`${e} of ${t} requests in ${n}: promise ${r}`,copyYaml:"Copy defi\
nition",stepsTitle:(e,t)=>`First steps: ${e} of ${t}`,stepsDismiss:"Dismiss",steps:{span:"First span",slo:"First SLO",alert:"Alert channel",policy:"Policy",deploy:"\
Deploy marks"},stepsHow:{span:"How to send one",slo:"Suggested SLOs"},stepDone:"done",stepOpen:"open"}};var cr={nav:{label:"Pages",overview:"Overview",slos:"SLOs",traces:"Traces",map:"Service map",alerts:"Alerts",definitions:"Definitions",settings:"Settings",skip:"\
Skip to content"},shell:{jump:"Search or jump to…",appearance:"Theme and language",theme:"Theme",system:"System",light:"Light",dark:"Dark",language:"Language",
help:"Keyboard shortcuts",share:"Share",close:"Close",live:"Live",livePaused:"Paused",liveWaiting:"Reconnecting",livePolling:"Every 10 s",liveHint:"The page fol\
lows the server while it is visible.",copied:e=>`Copied: ${e}`,copyFailed:"The browser did not allow copying.",copy:"Copy",version:e=>`nines ${e}`,title:e=>`${e}\
 · nines`},palette:{label:"Search or jump",placeholder:"Page, SLO, service, operation or trace id; with a time: checkout 14:02",none:"Nothing by that name.",page:"\
Page",slo:"SLO",service:"traces of this service",operation:"traces of this operation",around:e=>`traces around ${e}, slowest first`,trace:"Open trace",action:"A\
ction",copyLink:"Copy link to this page",copyPinned:"Copy link to this moment",copyCommand:"Copy as command",useTheme:e=>`Theme: ${e}`,useLanguage:e=>`Language:\
 ${e}`,results:e=>`${e} ${T(e,"result","results")}`},keys:{groupGlobal:"Everywhere",groupList:"Lists",groupTrace:"Trace",groupSlo:"An SLO",acknowledge:"Acknowle\
dge the alert",nextMarker:"Next mark on the line",previousMarker:"Previous mark",palette:"Search or jump",filter:"Go to the filter",help:"This sheet",goOverview:"\
Go to Overview",goSlos:"Go to SLOs",goTraces:"Go to Traces",goMap:"Go to Service map",goAlerts:"Go to Alerts",goDefinitions:"Go to Definitions",goSettings:"Go t\
o Settings",copyLink:"Copy link",copyCommand:"Copy as command",next:"Next row",previous:"Previous row",open:"Open",openTab:"Open in a new tab",collapse:"Collaps\
e, expand",collapseAll:"Collapse all, expand all",level:"One level for all",zoom:"Zoom in, out",pan:"Move left, right",fit:"Fit the selected span",reset:"Whole \
trace",critical:"Critical path",error:"Next, previous error",match:"Next, previous match",singleKeys:"Use single-key shortcuts",foldLike:"Fold calls like this o\
ne",foldAll:"Fold all repeated calls",root:"Only this subtree, whole trace",view:"Timeline, flame, table, map, JSON"}};var fr={slo:{title:"SLOs",table:"Service level objectives",name:"SLO",story:"Story",service:"Service",target:"Target",now:"Now",budget:"Budget left",burn:"Burn \
1h / 6h",runsOut:"Runs out",status:"Status",budgetOf:e=>`${e}: budget left`,find:"Find SLO, service or story",nothing:"No SLO matches.",groupBy:"Group",groups:{
none:"None",story:"Story",service:"Service",team:"Team"},ungrouped:"None of these",sortBy:"Order",sorts:{risk:"Risk",budget:"Budget left",burn:"Burn",name:"Name"},
sparkOf:(e,t)=>`${e}: budget left over ${t}`,estimate:"An estimate: some events were not seen one by one",rawIs:e=>`${e} with what is excluded`,window:e=>`${e} \
rolling`,calendar:(e,t)=>`each ${e} by the calendar of ${t}`,heldHint:"This SLO holds the releases of its service.",left:e=>`${e} budget left`,detailTarget:e=>`\
Target ${e}`,goodBad:(e,t)=>`${e} good, ${t} bad`,goodBadSlices:(e,t)=>`${e} good, ${t} bad time slices`,exceeded:e=>`${e} bad over what is allowed`,leftOver:e=>`${e}\
 more bad possible`,outage:e=>`≈ ${e} of everything failing, at this traffic`,oneFailure:e=>`Low traffic: 1 failure = ${e} of the budget`,coverage:e=>`${e} of\
 the window measured`,report:"Print report",objectives:"Objectives",composite:"All together",budgetOverTime:"Error budget over time",budgetRolling:e=>`Error bud\
get, ${e} rolling`,budgetCalendar:e=>`Error budget, each ${e}, against the traffic forecast for it`,shows:"The chart shows",tabs:{budget:"Budget left",sli:"SLI",
requests:"Requests"},chartText:(e,t,n,r,s,o)=>`${e} went from ${t} to ${n} between ${r} and ${s}; ${o} ${T(o,"thing","things")} happened beside it.`,chartNone:"\
Not measured long enough for a line.",chartHint:"Drag to zoom, double-click for the whole window, click a mark to compare before and after.",lanes:{deploy:{short:"\
deploy",long:"Deploy"},alert:{short:"alert",long:"Alert"},gate:{short:"gate",long:"Release gate"},policy:{short:"policy",long:"Policy"},freeze:{short:"freeze",long:"\
Freeze"},exclusion:{short:"excl.",long:"Excluded"}},below:(e,t)=>`${e} down to ${t}`,cameBack:(e,t)=>`+${e}: failures of ${t} left the window`,until:"Until",good:"\
Good",bad:"Bad",happened:"What happened",zoomIn:"Zoom in",earlier:"Earlier",wholeWindow:"Whole window",nMarkers:e=>`${e} ${T(e,"mark","marks")}`,markerBefore:"P\
revious",markerAfter:"Next",untilTime:e=>`until ${e}`,beforeAfter:(e,t,n,r)=>`Failing before: ${e} of ${t}. After: ${n} of ${r}.`,tracesOfVersion:e=>`Traces of ${e}`,
burnByWindow:"Burn by window",burnWindow:"Windows",burnRate:"Burn",burnLimit:"Alerts at",burnState:"State",pair:(e,t)=>`${e} & ${t}`,unreachable:"cannot be reac\
hed",firing:"Firing",recovering:"Recovering",rising:"Rising",quiet:"OK",pace:e=>`At this pace the rest of the budget lasts ${e}.`,paceLasts:"At this pace the bu\
dget lasts.",paceGone:"The budget is spent.",latency:"Latency, good and failing",latencyText:"Requests over time and duration; failing ones are marked",latencyNone:"\
No single requests to draw: nothing is stored in this time, or events are made of several spans.",threshold:"Threshold",share:"What failing requests share",shareNoBad:"\
No failing request is stored in this time.",shareNone:e=>`${e} ${T(e,"failing request shares","failing requests share")} nothing that good ones lack.`,value:"Va\
lue",ofBad:"Failing",ofGood:"Good",looked:(e,t)=>`Of ${e} failing requests, the newest, and ${t} from all of the time.`,include:(e,t)=>`Include: failing request\
s with ${e}=${t}`,exclude:(e,t)=>`Exclude: failing requests without ${e}=${t}`,seeAll:(e,t)=>`All requests with ${e}=${t}`,seeTraces:"See traces",selected:(e,t,n,r)=>`\
Selected: ${e} – ${t}, ${n} – ${r}`,clearSelection:"Clear",spentIt:"Traces that spent it",when:"Ended",request:"Request",took:"Took",ofBudget:"Of the budget",
moreBad:e=>`and ${e} more`,allTraces:"Search all of them",whatIf:"What if…",wouldUse:(e,t,n,r)=>`With ${e}${t?` and ${t}`:""} the last ${n} would have used ${r}\
 of the budget.`,pagesAre:e=>`It paged ${e} ${T(e,"time","times")}.`,pagesWould:(e,t)=>`The target would have paged ${e} ${T(e,"time","times")} instead of ${t}.`,
whatIfStored:"Other thresholds are counted from stored requests; pages are those of the threshold in force.",propose:"Propose",proposeHow:"Nothing changes here:\
 put this into the file, let somebody review it, and load it.",reset:"Reset",policy:"Policy",inState:(e,t)=>`State ${e} of ${t}`,gateTitle:"Release policy",gateAllowed:"\
Releases allowed",gateAsk:"Ask the gate",gateRecorded:e=>`Recorded: ${e}`,rule:"Rule",ruleDefault:"Default: held where a budget is empty, a page fires, or a mea\
surement is missing.",stateAbove:e=>`above ${e}`,stateRest:"below that",stateSince:(e,t)=>`${e} since ${t}`,doesFreeze:"freezes",doesAllow:e=>`only ${e}`,doesApprove:e=>`\
approval for ${e}`,doesLimit:e=>`${e} deploys a day`,doesCanary:e=>`canary up to ${e}%`,inputs:"Inputs",inputsNone:"Nothing stands against a release.",freeze:(e,t,n)=>`\
Freeze ${e} until ${t}: ${n}`,result:"Result",changesAt:e=>`Something known changes at ${e}.`,override:"Override",tokens:(e,t,n,r)=>`${e} of ${t} ${T(t,"excepti\
on","exceptions")} left in ${n}; ${r?"somebody other than the requester approves":"anybody approves"}.`,exception:(e,t,n)=>`Change ${e} may pass until ${n}, app\
roved by ${t}.`,alerts:"Alerts",alertsNone:"This objective has no alerts of its own.",severities:{page:"Page",ticket:"Ticket",unmeasured:"No data"},alertStates:{
inactive:"Quiet",pending:"Pending",firing:"Firing",frozen:"Frozen"},since:e=>`since ${e}`,acknowledge:"Acknowledge",acked:"Acknowledged: it is not told again.",
ackNone:"No alert fires here.",acknowledgedBy:(e,t)=>`Taken care of${e?` by ${e}`:""} since ${t}`,silencedBy:(e,t,n)=>`Silenced by ${e} until ${t}: ${n}`,byTag:e=>`\
By ${e}`,history:"History",month:"Month",countedFrom:e=>`Counted from ${e} on.`,estimatedUntil:e=>`Before ${e} by histograms alone: an estimate.`,monthReport:(e,t,n)=>`${e}\
: ${t}, ${n} budget left`,nAmendments:e=>`${e} ${T(e,"stretch","stretches")} amended since`,excluded:(e,t,n,r)=>`Excluded by ${e} (${t}; approved by ${n}): ${r}\
 events`,amended:(e,t,n)=>`Amended from ${e}: ${t} good+bad before, ${n} now`,definedIn:"Defined in",unknown:e=>`No SLO is called ${e}.`,toAll:"All SLOs"}};var pr={trace:{title:"Trace",spanCount:(e,t)=>`${t} ${T(e,"span","spans")}`,serviceCount:e=>`${e} ${T(e,"service","services")}`,errorCount:(e,t)=>`${t} ${T(e,"e\
rror","errors")}`,duration:"Duration",critical:"Critical path",json:"JSON",jsonHint:"The trace as Zipkin's JSON",copyId:"Copy the trace id",find:"Find: a word o\
f a name or tag, status=503, duration>20ms, >2.5%",findLabel:"Find in trace",findCount:(e,t)=>`${e} / ${t}`,findNone:"no match",findNext:"Next match",findPrevious:"\
Previous match",zoomIn:"Zoom in",zoomOut:"Zoom out",zoomReset:"Whole trace",collapseAll:"Collapse all",expandAll:"Expand all",dockRight:"Details at the right",dockBelow:"\
Details below",minimap:"Drag to look at a part of the time",grid:e=>`Spans of ${e}`,missing:(e,t,n)=>`${t} ${T(e,"parent","parents")} did not arrive (${n}); the\
 spans below stand under the nearest span known.`,skew:e=>`Clocks disagreed, and their spans were moved inside the calls that caused them: ${e}.`,hidden:e=>`+${e}`,
hiddenLabel:e=>`${e} spans below`,startsAt:e=>`starts at ${e}`,error:"error",errorStatus:e=>`error ${e}`,onCritical:"on the critical path",unnamed:"(unnamed)",unknownService:"\
(unknown)",notFound:"This trace is not here",notFoundText:e=>`No span of ${e} is stored: it never arrived, was sampled out, or its retention is over.`,badId:e=>`${e}\
 is not a trace id: 16 or 32 characters from 0-9 and a-f.`,toTraces:"Search traces",openTooLarge:"A trace to open may have 10 MiB at most.",timeline:"Timeline",
flameView:"Flame",tableView:"Table",mapView:"Map",views:"Ways to look at it",flame:e=>`${e} as a flame: arrows go to the caller, the first call and its neighbou\
rs`,flameHint:"Point at a bar, or press the arrow keys.",map:e=>`Services of ${e}`,mapNone:"No service calls another one here.",peer:"reports nothing itself",caller:"\
Caller",callee:"Called",calls:"Calls",meanTime:"Mean time",times:e=>`×${e}`,foldedCalls:e=>`${e} calls folded, together`,foldAll:"Fold repeated calls",findOnly:"\
Only these",findAsking:"looking at tags…",more:"More",download:"Download",downloadJson:"Download JSON",jsonCut:"The first 100,000 characters; the file has all\
 of it.",openFile:"Open a JSON file…",openHint:"A file may also be dropped, and Zipkin’s JSON pasted, anywhere on the page.",opened:"This trace was opened f\
rom a text. It is not stored here.",partial:e=>`Not all of this trace is here: ${e}`,subtree:(e,t,n)=>`Only ${e} and what it called: ${t} of ${n} rows.`},span:{
title:"Span",close:"Close the details",selfTime:"Self time",kind:"Kind",start:"Start",duration:"Duration",notKnown:"not known",id:"Span id",parent:"Parent",root:"\
none, it is the root",local:"Service",remote:"Other side",shared:"Shared between client and server",debug:"Debug",tags:"Tags",tagsNone:"No tags.",annotationsNone:"\
No events or annotations.",resource:"Resource",links:"Links",halves:"Reported by",status:"Status",summary:"Where the time went",summaryHint:"Self time: what a s\
pan did not spend waiting for its children.",share:"Share",logs:"Logs",similar:"Similar",similarNone:"No other trace within half an hour has a span like this.",
similarAll:"All of them",similarNotStored:"A trace that is not stored has nothing to be compared with.",linksNone:"No links.",onlyThis:"Only this subtree",ofTrace:"\
Of the trace",itself:"itself",rank:e=>`p${e} of this operation`,rankHint:(e,t)=>`Slower than ${e} of ${t} calls within half an hour`,include:e=>`Traces with ${e}`,
exclude:e=>`Traces without ${e}`,findHere:e=>`Find ${e} in this trace`,copyValue:e=>`Copy the value of ${e}`,byService:"Service",byOperation:"Operation"}};var mr={traces:{title:"Traces",live:"Live",liveHint:"Look again every few seconds while spans arrive",views:"Views of what was found",tabs:{results:"Results",compare:"\
Compare selection",groups:"Groups",errors:"Errors"},chart:"Rate, errors and durations",chartLabel:(e,t,n)=>`${e} over time and duration, ${t} failed, the longes\
t took ${n}.`,requests:(e,t)=>`${t} ${T(e,"request","requests")}`,matching:(e,t)=>`${t} matching ${T(e,"span","spans")}`,selected:(e,t)=>`${e} selected of ${t}`,
failed:e=>`${e} failed`,zoomIn:"Zoom to selection",clearSelection:"Clear selection",facets:"Facets",facetNames:{service:"Service",op:"Operation",remote:"Other s\
ide",kind:"Kind",error:"Outcome"},failedValue:"failed",goodValue:"did not fail",addFacet:"Add a facet",usualFacets:"Usual facets",removeFacet:e=>`Remove the fac\
et ${e}`,ofAll:(e,t)=>`${e} of ${t}`,exclude:e=>`Exclude ${e}`,includeShort:"Include",excludeShort:"Exclude",searchIt:"Search it",remove:e=>`Remove ${e}`,moreValues:e=>`${e}\
 more`,fewer:"Fewer",withoutValue:e=>`${e} without`,theSelection:"Selection",theSelectionShort:"Selection",theRest:"Rest",failedSpans:"Failed",slowestTenth:"Slo\
west tenth",against:e=>`${e} against the rest`,sampled:(e,t)=>`sampled: ${e} and ${t} traces`,alike:e=>`+${e} alike`,fails:e=>`${e} fails`,nothingSelected:"Noth\
ing is selected",nothingSelectedText:"No span failed here, or the box holds none. Drag a box in the chart to compare what is inside with the rest.",noRest:"Ther\
e is no rest to compare with",noRestText:"Everything that was found is selected. Select a part of it.",nothingApart:"Nothing sets them apart",nothingApartText:"\
No service, operation or tag is more frequent among the selected traces than among the rest.",timeSpent:"Own time of services, mean of a trace",difference:"Diff\
erence",groupBy:"Group by",groupByMore:"another name or tag",groupCount:(e,t)=>`${t} ${T(e,"group","groups")}`,groupsOf:(e,t)=>`the largest ${e} of ${t} groups`,
noValue:"(none)",errorShare:"Failed",median:"Median",p90:"90th",p99:"99th",timeShare:"Time",noErrors:"No span failed",noErrorsText:"Nothing that matches failed \
in this range.",expired:"Retention has taken what was here",expiredText:e=>`Spans are kept for ${e}, and the range lies before that.`,seenSpans:e=>`${e} of the \
newest spans looked at`,filter:"Filter",placeholder:"service=checkout duration>200ms error",hint:"Enter runs the filter. A trace id opens the trace.",clear:"Cle\
ar the filter",range:"Time range",last:e=>`Last ${e.replace(/^1 /,"")}`,from:"From",to:"To",apply:"Apply",pinned:"Fixed range",relative:"Up to now",summary:(e,t)=>`${e}\
 traces · ${t}`,summaryMore:(e,t)=>`newest ${e} traces · ${t}`,summarySorted:(e,t)=>`newest ${e} traces, in this order · ${t}`,summarySlowest:(e,t)=>`slowest\
 ${e} traces · ${t}`,start:"Start",root:"Root",duration:"Duration",spans:"Spans",errors:"Errors",services:"Services, by time",servicesShort:"Services",nServices:e=>`${e}\
 ${T(e,"service","services")}`,nSpans:(e,t)=>`${t} ${T(e,"span","spans")}`,nErrors:(e,t)=>`${t} ${T(e,"error","errors")}`,more:e=>`+${e}`,loadMore:"Load more",end:"\
That is all in this range.",fresh:"New spans arrived",refresh:"Refresh",suggestions:"Suggestions",suggestionCount:e=>`${e} ${T(e,"suggestion","suggestions")}`,unnamed:"\
(no root span)",noneInRange:"No trace in this range",noneInRangeText:e=>`${e}: nothing began then. A wider range may show it.`,noneMatch:"No trace matches this \
filter",noneMatchText:(e,t,n)=>`${e}: ${n} ${T(t,"span","spans")}, but none fits all terms.`,widen:e=>`Search ${e}`,table:"Traces found",kinds:{service:"service",
op:"operation",remote:"other side",kind:"kind",tag:"tag",word:"term",value:"value",name:"field",operator:"comparison"},filterFault:"The filter cannot be read",fromTo:(e,t)=>`${e}\
 – ${t}`,badRange:"From must be before To.",help:"How to write a filter",helpTerms:{all:"terms stand beside each other; all must fit",service:"of this service",
op:"of this operation; quotes keep spaces",any:"any of several",not:"not this",number:"durations and numeric tags compare",exists:"the tag is there, whatever it\
s value",regex:"a regular expression"}},first:{title:"No traces yet",text:"Send a first span; it appears here within a second.",tabs:"Ways to send",waiting:"Wai\
ting for a span…",demo:"Or look around with data: nines demo"}};var qt={...cr,...ar,...ir,...ur,...fr,...mr,...pr,...lr,...or,...rr,...nr,...tr};var va=["en","ko"],ba={en:"English",ko:"한국어"},Oo="lang",No=365*24*3600,dr={en:qt};async function hr(e){e==="ko"&&(dr.ko??=(await import("./korean.js")).
ko)}var H=b("en"),Po=J(()=>dr[H.value]??qt),gr=b(pe("zone")==="utc"?"utc":"local"),Lo=J(()=>Vn(H.value,gr.value)),S=()=>Po.value,K=()=>Lo.value;async function wa(){
let e=$e.lang==="ko"?"ko":"en";await hr(e).then(()=>H.value=e,()=>{})}function Sa(e){gr.value=e,me("zone",e==="local"?null:e)}async function xa(e){await hr(e),document.
cookie=`${Oo}=${e};path=/;max-age=${No};samesite=lax`,document.documentElement.lang=e,H.value=e}var Uo=24,Io=1e3,Fo=3e3,Gt=class{constructor(t){this.url=t;t in $e.data&&(this.data.value=$e.data[t],delete $e.data[t],this.outdated.value=!1,this.fetchedAt=Date.
now())}url;data=b(void 0);problem=b(void 0);loading=b(!1);topic;readers=0;follows=!0;outdated=b(!0);request;timer;fetchedAt=0;fetch(){clearTimeout(this.timer),this.
timer=void 0,this.request?.abort();let t=new AbortController;this.request=t,this.outdated.value=!1,this.loading.value=!0,this.fetchedAt=Date.now(),ne(this.url,H.
peek(),t.signal).then(n=>{this.request===t&&(this.data.value=n,this.problem.value=void 0,this.loading.value=!1)},n=>{this.request!==t||t.signal.aborted||(this.loading.
value=!1,this.outdated.value=!0,this.problem.value=n instanceof W?n.problem:{title:String(n),status:F},this.problem.value.status===F&&this.fetchLater(Fo))})}fetchLater(t=Math.
max(0,this.fetchedAt+Io-Date.now())){this.outdated.value=!0,!(this.readers===0||document.hidden||this.timer!==void 0)&&(this.timer=setTimeout(()=>{this.timer=void 0,
this.readers>0&&!document.hidden&&this.fetch()},t))}enter(){this.readers++,this.outdated.peek()&&!this.loading.peek()&&this.fetch()}leave(){this.readers--,!(this.
readers>0)&&(clearTimeout(this.timer),this.timer=void 0,this.loading.peek()&&(this.request?.abort(),this.loading.value=!1,this.outdated.value=!0))}},he=new Map;
function Do(e){let t=he.get(e);if(t)he.delete(e);else{t=new Gt(e);let n=[...he.values()].filter(r=>r.readers===0);for(let r of n.slice(0,Math.max(0,n.length-Uo)))
he.delete(r.url)}return he.set(e,t),t}function _r(e){for(let t of he.values())t.topic===e&&(t.follows?t.fetchLater():t.outdated.value=!0)}function ut(){for(let e of he.
values())e.topic!==void 0&&e.follows&&e.fetchLater()}function ct(e,t={}){let n=ve(()=>e===null?null:Do(e),[e]),r=P(void 0);tt(()=>{if(n)return t.topic&&(n.topic=
t.topic),n.follows=t.follow??!0,n.enter(),()=>n.leave()},[n]);let s=n?.data.value,o=n?.problem.value;return s!==void 0?r.current=s:t.keep||(r.current=void 0),{data:s??
(o&&o.status!==F?void 0:r.current),problem:o,old:s===void 0&&r.current!==void 0||s!==void 0&&o!==void 0,loading:n?.loading.value??!1,outdated:s!==void 0&&(n?.outdated.
value??!1),retry:()=>n?.fetch()}}var Ho=["slos","traces","timeline"],Bo=1e4,Ko=1e3,qo=3e4,Go=3,De=b("waiting"),Vo=b(0),oe=b(Date.now()),He,Fe=0,Vt,jt;function zt(){clearTimeout(Vt),He?.close();
let e=new EventSource(Q("/events",{lang:H.peek()}));He=e,e.onopen=()=>{(Fe>0||De.peek()==="paused")&&ut(),Fe=0,vr(),De.value="live"},e.onerror=()=>{He===e&&(e.close(),
Fe++,Fe>=Go?jo():De.value="waiting",Vt=setTimeout(zt,Math.min(qo,Ko*2**(Fe-1))))};for(let t of Ho)e.addEventListener(t,()=>{t==="traces"&&(Vo.value=Date.now()),
_r(t)})}function yr(){clearTimeout(Vt),vr(),He?.close(),He=void 0,De.value="paused"}function jo(){De.value="polling",jt??=setInterval(ut,Bo)}function vr(){clearInterval(
jt),jt=void 0}function La(){let e,t=()=>{clearInterval(e),document.hidden?yr():(oe.value=Date.now(),e=setInterval(()=>oe.value=Date.now(),5e3),zt())};document.addEventListener(
"visibilitychange",t),addEventListener("pagehide",yr),addEventListener("pageshow",r=>r.persisted&&t());let n=!0;Y(()=>{H.value,n?n=!1:document.hidden||(ut(),zt())}),
t()}function Ke(e){switch(e.state){case"unmeasured":return"none";case"exhausted":return e.gate==="held"?"held":"spent";case"burning":return"burning";case"healthy":return e.
budget!==null&&e.budget<.25?"risk":"healthy"}}var Sr={held:"frozen",spent:"crit",burning:"warn",risk:"warn",none:"none",healthy:"ok"};function Wt(e){return e.gate===
"held"&&(e.state==="exhausted"||e.page?.firing===!0)}var zo=e=>e.state==="burning"||e.page?.firing===!0;function ft(e){return e.budget!==null&&e.budget>0?e.exhaustsInUs:
null}function Ia(e,t){switch(t){case"all":return!0;case"held":return Wt(e);case"burning":return zo(e);case"missed":return e.sli!==null&&e.sli<e.target;case"low":
return e.budget!==null&&e.budget<.25;default:return Ke(e)===t}}var br=["held","spent","burning","risk","none","healthy"];function Be(e,t){return br.indexOf(Ke(e))-
br.indexOf(Ke(t))||pt(ft(e),ft(t))||pt(e.budget,t.budget)||e.name.localeCompare(t.name)}var Wo={risk:Be,budget:(e,t)=>pt(e.budget,t.budget)||Be(e,t),burn:(e,t)=>pt(
wr(e.burn["1h"]),wr(t.burn["1h"]))||Be(e,t),name:(e,t)=>ke(e).localeCompare(ke(t))},wr=e=>e==null?null:-e;function qe(e,t){return t==="story"?e.storyTitle??e.story??
"":t==="service"?e.service:t==="team"?e.team??"":""}function xr(e,t,n){let r=[...e].sort(Wo[t]);return n==="none"?r:[...new Set(r.map(o=>qe(o,n)))].sort((o,i)=>+(o===
"")-+(i==="")).flatMap(o=>r.filter(i=>qe(i,n)===o))}var Jo=10,Zo=e=>(e.good+e.bad)*(1-e.target);function Tr(e){let t=Zo(e);return t>0&&t<Jo?1/t:null}function pt(e,t){
return e===t?0:(e??1/0)<(t??1/0)?-1:1}var ke=e=>e.displayName||e.name,$r=e=>/^\d+$/.test(e.objective)?"":e.objective;function Fa(e,t,n){let r=e!==null&&e>=n,s=t!==
null&&t>=n;return r?s?"firing":"recovering":s?"rising":"quiet"}var Qo=1200,Jt=new Set,mt=b(0),dt=b(pe("singleKeys")!=="off");function kr(e){dt.value=e,me("singleKeys",e?"on":"off")}function ht(e){let t=P(e);t.current=e,C(()=>(Jt.
add(t),mt.value++,()=>{Jt.delete(t),mt.value++}),[])}function Zt(){let e=new Map;for(let t of[...Jt].reverse())for(let n of t.current)e.has(n.keys)||e.set(n.keys,
n);return[...e.values()]}function Xo(e){if(!/^[\u3131-\u318e]$/.test(e.key)||!e.code.startsWith("Key"))return e.key;let t=e.code.slice(3);return e.shiftKey?t:t.
toLowerCase()}function Yo(e){let t=Xo(e),n=t.length>1,r=(e.ctrlKey||e.metaKey)&&!n?t.toUpperCase():t,s=!n&&r!==r.toLowerCase();return[(e.ctrlKey||e.metaKey)&&"C\
trl",e.altKey&&"Alt",e.shiftKey&&(n||s)&&"Shift",r].filter(Boolean).join("+")}function es(e){let t=e instanceof Element?e.closest("input, textarea, select, [con\
tenteditable]"):null;return t!==null&&!(t instanceof HTMLInputElement&&["checkbox","radio","button"].includes(t.type))}function qa(){let e="",t=0;addEventListener(
"keydown",n=>{if(n.isComposing||n.defaultPrevented)return;let r=Yo(n),s=!r.startsWith("Ctrl+");if(document.querySelector("dialog[open]")!==null||s&&(es(n.target)||
!dt.value))return;let i=n.timeStamp-t<Qo&&e!==""?`${e} ${r}`:r,a=Zt().filter(m=>m.run!==null),f=a.find(m=>m.keys===i)??a.find(m=>m.keys===r);e="",f?.run?(n.preventDefault(),
f.run()):a.some(m=>m.keys.startsWith(`${r} `))&&(e=r,t=n.timeStamp)})}var ts={ok:()=>l(E,{children:[l("circle",{cx:"6",cy:"6",r:"5",fill:"currentColor"}),l("path",{d:"M3.6 6.2l1.7 1.7 3.2-3.6",stroke:"var(--ok-tint)","stroke-width":"\
1.6",fill:"none"})]}),warn:()=>l("path",{d:"M6 .8l5.6 10H.4z",fill:"currentColor"}),crit:()=>l("path",{d:"M3.8.8h4.4l3 3v4.4l-3 3H3.8l-3-3V3.8z",fill:"currentCo\
lor"}),frozen:()=>l(E,{children:[l("rect",{x:"2",y:"5",width:"8",height:"6",rx:"1",fill:"currentColor"}),l("path",{d:"M4 5V3.5a2 2 0 014 0V5",stroke:"currentCol\
or",fill:"none","stroke-width":"1.5"})]}),info:()=>l("path",{d:"M2 6l4-4 4 4M2 10l4-4 4 4",stroke:"currentColor","stroke-width":"1.6",fill:"none"}),none:()=>l("\
circle",{cx:"6",cy:"6",r:"4.4",fill:"none",stroke:"currentColor","stroke-width":"1.5","stroke-dasharray":"2 2"})};function gt({tone:e}){return l("svg",{viewBox:"\
0 0 12 12","aria-hidden":"true",children:ts[e]()})}function Me({tone:e,children:t,title:n}){return l("span",{class:`pill ${e}`,title:n,children:[l(gt,{tone:e}),
t]})}function Qt({tone:e,label:t}){return l("span",{class:`pill icon-only ${e}`,title:t,children:[l(gt,{tone:e}),l("span",{class:"sr",children:t})]})}var ns=["all","held","burning","spent","risk","healthy","none"],rs=["missed","low"],Mr=B([...ns,...rs],"all"),Xt=["risk","budget","burn","name"],Yt=["none","sto\
ry","service","team"],Er=B(Xt,"risk"),Ar=B(Yt,"none"),os=["budget","sli","requests"],Cr=["1h","15m","6h","24h","2d","7d"],ss=["timeline","flame","table","map","\
json"],is=["results","compare","groups","errors"],as=["newest","slowest","spans","nservices","errors"],ls=["active","firing","pending","frozen","all"],_t={overview:{
path:"/",query:{status:Mr,story:k(),group:Ar,sort:Er}},slos:{path:"/slos",query:{q:k(),status:Mr,group:Ar,sort:Er}},slo:{path:"/slos/:name",query:{objective:k(),
tab:B(os,"budget"),from:k(),to:k(),sel:k(),target:k(),threshold:k()}},traces:{path:"/traces",query:{q:k(),t:B(Cr,"1h"),from:k(),to:k(),sel:k(),tab:B(is,"results"),
sort:B(as,"newest"),by:k(),keys:k(),table:we(),live:we()}},trace:{path:"/trace/:id",query:{span:k(),view:B(ss,"timeline"),q:k(),only:we(),cp:we(),from:k(),to:k(),
root:k()}},compare:{path:"/compare/:a/:b",query:{span:k()}},map:{path:"/map",query:{t:B(Cr,"15m"),from:k(),to:k(),focus:k(),hops:B(["1","2","3"],"2"),min:B(["0",
"1","5","20"],"0"),all:we(),q:k(),view:B(["graph","table"],"graph"),sel:k(),callee:k(),at:k()}},alerts:{path:"/alerts",query:{state:B(ls,"active"),q:k(),slo:k(),
service:k()}},definitions:{path:"/definitions",query:{kind:k(),q:k()}},settings:{path:"/settings",query:{}}};function en(e,t){let n=Rr(e);for(let r of Object.keys(
_t)){let s=us(Rr(_t[r].path),n);if(s)return{name:r,path:s,query:Un(_t[r].query,t)}}return{name:"missing",pathname:e}}function se(e,t,n={}){let r=_t[e];return r.
path.replace(/:(\w+)/g,(o,i)=>encodeURIComponent(t[i]))+In(r.query,n)}function Rr(e){return e.split("/").filter(t=>t!=="")}function us(e,t){if(e.length!==t.length)
return null;let n={};for(let r=0;r<e.length;r++)if(e[r].startsWith(":")){let s=cs(t[r]);if(s===null)return null;n[e[r].slice(1)]=s}else if(e[r]!==t[r])return null;
return n}function cs(e){try{return decodeURIComponent(e)}catch{return null}}var Ee=b({pathname:location.pathname,search:location.search}),vt=J(()=>en(Ee.value.pathname,Ee.value.search)),Xa=J(()=>Ee.value.pathname+Ee.value.search),fs=b(0),
Or={},Ya=()=>Or,yt=new URLSearchParams(location.search).get("lang");function ps(e){if(!yt)return e;let[t,n=""]=e.split("?");return new URLSearchParams(n).has("l\
ang")?e:`${t}?${n?`${n}&`:""}lang=${Se(yt)}`}function tn(){let e=vt.peek();e.name==="traces"&&(Or=e.query);let t=Ee.value.pathname!==location.pathname;Ee.value=
{pathname:location.pathname,search:location.search},t&&fs.value++}function ge(e,t={}){let n=ps(e);n!==location.pathname+location.search&&(t.replace?history.replaceState(
history.state,"",n):history.pushState(null,"",n),tn())}function el(){if(!yt)return;yt=null;let e=new URLSearchParams(location.search);e.delete("lang");let t=[...e].
map(([n,r])=>`${n}=${Se(r)}`).join("&");history.replaceState(history.state,"",location.pathname+(t?`?${t}`:"")),tn()}function tl(){addEventListener("popstate",tn),
addEventListener("click",e=>{if(e.defaultPrevented||e.button!==0||e.metaKey||e.ctrlKey||e.shiftKey||e.altKey)return;let t=e.target?.closest?.("a[href]");if(!(t instanceof
HTMLAnchorElement)||t.target||t.hasAttribute("download"))return;let n=new URL(t.href);n.origin!==location.origin||t.getAttribute("href")?.startsWith("#")||en(n.
pathname,n.search).name!=="missing"&&(e.preventDefault(),ge(n.pathname+n.search))})}function Nr(e,t,n=[]){let r=S().keys,s=()=>{let o=t();o&&window.open(o,"_blank","noopener")};return ht([{keys:"j",label:r.next,group:"list",run:()=>e(1)},{keys:"\
k",label:r.previous,group:"list",run:()=>e(-1)},{keys:"Enter",label:r.open,group:"list",run:null},{keys:"o",label:r.openTab,group:"list",run:s},...n]),o=>{let i={
ArrowDown:1,ArrowUp:-1}[o.key];i!==void 0&&(o.preventDefault(),e(i))}}function Lr({label:e,columns:t,rows:n,rowKey:r,rowHref:s,dimmed:o,class:i,groupOf:a,groupHead:f}){let m=P(null),g=Nr(d=>{let c=[...m.current?.rows??[]].map(y=>y.
querySelector("a")).filter(y=>y!==null),h=c.findIndex(y=>y.closest("tr")?.contains(document.activeElement)),x=c[h<0?d>0?0:c.length-1:Math.min(c.length-1,Math.max(
0,h+d))];x?.focus(),x?.scrollIntoView({block:"nearest"})},()=>document.activeElement?.closest("tr")?.querySelector("a")?.href);return l("table",{"aria-label":e,
class:`${i??""}${o?" dimmed":""}`,children:[l("thead",{children:l("tr",{children:t.map(d=>l("th",{scope:"col",class:Pr({...d,class:void 0}),children:d.head},d.key))})}),
l("tbody",{ref:m,onKeyDown:g,children:n.map((d,c)=>l(E,{children:[a&&(c===0||a(n[c-1])!==a(d))&&l("tr",{class:"group",children:l("th",{colSpan:t.length,scope:"r\
owgroup",children:f?.(a(d))})}),l("tr",{class:"go",onClick:h=>ms(h,s(d)),children:t.map(h=>l("td",{class:Pr(h),children:h.cell(d)},h.key))})]},r(d)))})]})}function Pr(e){
return[e.num&&"num",e.wideOnly&&"hide-s",e.class].filter(Boolean).join(" ")||void 0}function ms(e,t){e.target.closest("a, button")||!getSelection()?.isCollapsed||
(e.metaKey||e.ctrlKey?window.open(t,"_blank","noopener"):ge(t))}var ds=3500,Ge=b([]),hs=0;function q(e){let t=++hs;Ge.value=[...Ge.value.slice(-2),{id:t,text:e}],setTimeout(()=>Ge.value=Ge.value.filter(n=>n.id!==t),ds)}function ml(){
return l("div",{class:"toasts",role:"status","aria-live":"polite",children:Ge.value.map(({id:e,text:t})=>l("div",{class:"toast",children:t},e))})}function Ur({share:e,tone:t,label:n,valueText:r}){let s=Math.min(100,Math.max(0,e*100));return l("div",{class:`meter t-${t}${e<=0?" over":""}`,role:"meter","ari\
a-valuemin":0,"aria-valuemax":100,"aria-valuenow":Math.round(s),"aria-valuetext":r,"aria-label":n,children:l("i",{style:{width:`${s}%`}})})}var _s=200;function Cl({slos:e,dimmed:t,group:n,sort:r}){let s=S().slo,o=K(),i=xr(e,r,n),a=u=>`${u.name}/${u.objective}`,f=u=>se("slo",{name:u.name},(u.objectives??
1)>1?{objective:u.objective}:{}),m=[{key:"name",head:s.name,cell:u=>l(ws,{slo:u,to:f(u)}),class:"slo-name"},{key:"story",head:s.story,cell:u=>u.storyTitle??u.story??
"",wideOnly:!0,class:"muted"},{key:"target",head:s.target,cell:u=>o.target(u.target),num:!0,wideOnly:!0},{key:"now",head:s.now,cell:u=>l(Ss,{slo:u}),num:!0,wideOnly:!0},
{key:"budget",head:s.budget,cell:u=>l(xs,{slo:u}),class:"slo-budget"},{key:"burn",head:s.burn,cell:u=>bs(u,o),num:!0,wideOnly:!0},{key:"out",head:s.runsOut,cell:u=>l(
ks,{slo:u}),num:!0,wideOnly:!0},{key:"status",head:s.status,cell:u=>l(Fr,{slo:u})}];return ht([{keys:"s",label:S().keys.acknowledge,group:"list",run:()=>{let u=document.
activeElement?.closest("tr")?.querySelector("a")?.getAttribute("href"),g=i.find(d=>f(d)===u);ys(g?.alerts?.find(d=>d.state==="firing"&&d.id)?.id??null)}}]),l(Lr,
{label:s.table,columns:m,rows:i,rowKey:a,rowHref:f,dimmed:t,class:"slo-table",groupOf:n==="none"?void 0:u=>qe(u,n),groupHead:u=>l(vs,{name:u,slos:i.filter(g=>qe(
g,n)===u)})})}async function ys(e){let t=S().slo;if(!e)return q(t.ackNone);try{await ne(Q(`/alerts/${encodeURIComponent(e)}/ack`),H.peek(),void 0,JSON.stringify(
{by:""})),q(t.acked)}catch(n){q(n instanceof W?n.message:String(n))}}function vs({name:e,slos:t}){let n=[...t].sort(Be)[0];return l("span",{class:"row tight",children:[
e||S().slo.ungrouped,l("span",{class:"muted",children:t.length}),l(Fr,{slo:n})]})}function bs(e,t){let[n,r]=[e.burn["1h"]??null,e.burn["6h"]??null];return n===null&&
r===null?"–":`${t.burn(n)} / ${t.burn(r)}`}function ws({slo:e,to:t}){let n=[$r(e),e.service].filter(Boolean).join(" · ");return l(E,{children:[l("a",{class:"\
link",href:t,children:l("b",{children:ke(e)})})," ",l("span",{class:"muted",children:n})]})}function Ss({slo:e}){let t=S().slo,n=K();return l(E,{children:[e.isEstimate&&
e.sli!==null&&l("abbr",{title:t.estimate,children:"~"}),n.sli(e.sli,e.target),e.raw&&l("div",{class:"sub",children:t.rawIs(n.sli(e.raw.sli,e.target))})]})}function xs({
slo:e}){let t=S(),[n,r]=D(!1),[s,o]=D(!1);if(C(()=>{if(!n)return o(!1);let a=setTimeout(()=>o(!0),_s),f=m=>m.key==="Escape"&&r(!1);return addEventListener("keyd\
own",f),()=>{clearTimeout(a),removeEventListener("keydown",f)}},[n]),e.budget===null)return l("span",{class:"sub",children:t.status.none});let i=Tr(e);return l(
"div",{class:"budget",onPointerEnter:a=>a.pointerType==="mouse"&&r(!0),onPointerLeave:()=>r(!1),children:[l(Ts,{budget:e.budget,name:ke(e)}),i!==null&&l(Qt,{tone:"\
info",label:t.slo.oneFailure(K().share(i))}),s&&l($s,{slo:e})]})}function Ts({budget:e,name:t}){let n=K().budget(e);return l(E,{children:[l(Ur,{share:e,tone:e<=
0?"crit":e<.25?"warn":"ok",label:S().slo.budgetOf(t),valueText:n}),l("span",{class:"num",children:n})]})}function $s({slo:e}){let t=S().slo,r=ct(Q(`/slos/${encodeURIComponent(
e.name)}/series`,{objective:e.objective})).data?.points.map(m=>m.forecast??m.budget)??[],s=r.filter(m=>m!==null),o=Math.max(-1,Math.min(0,...s)),i=m=>2+(1-(Math.
max(o,m)-o)/(1-o))*40,a=r.flatMap((m,u)=>m===null?[]:[`${(u/Math.max(1,r.length-1)*176).toFixed(1)},${i(m).toFixed(1)}`]),f=e.window??e.calendar?.duration??"";return l(
"div",{class:"spark",role:"img","aria-label":t.sparkOf(ke(e),K().window(f)),children:[l("span",{class:"sub",children:K().window(f)}),l("svg",{width:"176",height:"\
44",children:[l("line",{class:"zero",x1:"0",x2:"176",y1:i(0),y2:i(0)}),a.length>1&&l("polyline",{class:"line",points:a.join(" ")})]})]})}function ks({slo:e}){let t=ft(
e);return l(E,{children:t===null?"–":K().relative(t/1e3,0)})}function Fr({slo:e}){let t=S(),n=Ke(e);return l("span",{class:"row tight nowrap-row",children:[l(
Me,{tone:Sr[n],children:t.status[n]}),n!=="held"&&Wt(e)&&l(Qt,{tone:"frozen",label:t.slo.heldHint})]})}function Rl({group:e,sort:t,set:n}){let r=S().slo;return l(
"div",{class:"row tight",children:[l("label",{class:"choose",children:[l("span",{class:"sub",children:r.groupBy}),l("select",{class:"input",value:e,onChange:s=>n(
{group:s.currentTarget.value}),children:Yt.map(s=>l("option",{value:s,children:r.groups[s]},s))})]}),l("label",{class:"choose",children:[l("span",{class:"sub",children:r.
sortBy}),l("select",{class:"input",value:t,onChange:s=>n({sort:s.currentTarget.value}),children:Xt.map(s=>l("option",{value:s,children:r.sorts[s]},s))})]})]})}var Ms={house:["M15 21v-8a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v8","M3 10a2 2 0 0 1 .709-1.528l7-6a2 2 0 0 1 2.582 0l7 6A2 2 0 0 1 21 10v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-\
2z"],target:["M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20","M12 6a6 6 0 1 0 0 12 6 6 0 1 0 0-12","M12 10a2 2 0 1 0 0 4 2 2 0 1 0 0-4"],traces:["M10 6h8","M12 16h6",
"M3 3v16a2 2 0 0 0 2 2h16","M8 11h7"],search:["m21 21-4.34-4.34","M11 3a8 8 0 1 0 0 16 8 8 0 1 0 0-16"],sun:["M12 8a4 4 0 1 0 0 8 4 4 0 1 0 0-8","M12 2v2","M12 \
20v2","m4.93 4.93 1.41 1.41","m17.66 17.66 1.41 1.41","M2 12h2","M20 12h2","m6.34 17.66-1.41 1.41","m19.07 4.93-1.41 1.41"],settings:["M14 17H5","M19 7h-9","M17\
 14a3 3 0 1 0 0 6 3 3 0 1 0 0-6","M7 4a3 3 0 1 0 0 6 3 3 0 1 0 0-6"],help:["M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20","M9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3","M12\
 17h.01"],"chevron-down":["m6 9 6 6 6-6"],"chevron-up":["m18 15-6-6-6 6"],minus:["M5 12h14"],x:["M18 6 6 18","m6 6 12 12"],check:["M20 6 9 17l-5-5"],copy:["M10 \
8h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V10a2 2 0 0 1 2-2","M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2"],alert:["M12 2a10 10 0 1 0 0 20\
 10 10 0 1 0 0-20","M12 8v4","M12 16h.01"],warning:["m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3","M12 9v4","M12 17h.01"],rocket:["\
M12 15v5s3.03-.55 4-2c1.08-1.62 0-5 0-5","M4.5 16.5c-1.5 1.26-2 5-2 5s3.74-.5 5-2c.71-.84.7-2.13-.09-2.91a2.18 2.18 0 0 0-2.91-.09","M9 12a22 22 0 0 1 2-3.95A12\
.88 12.88 0 0 1 22 2c0 2.72-.78 7.5-6 11a22.4 22.4 0 0 1-4 2z","M9 12H4s.55-3.03 2-4c1.62-1.08 5 .05 5 .05"],refresh:["M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 \
2.74L21 8","M21 3v5h-5","M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16","M8 16H3v5"],clock:["M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20","M12 6v6l4 2"],"zoom\
-in":["M11 3a8 8 0 1 0 0 16 8 8 0 1 0 0-16","M21 21l-4.35-4.35","M11 8v6","M8 11h6"],"zoom-out":["M11 3a8 8 0 1 0 0 16 8 8 0 1 0 0-16","M21 21l-4.35-4.35","M8 1\
1h6"],maximize:["M8 3H5a2 2 0 0 0-2 2v3","M21 8V5a2 2 0 0 0-2-2h-3","M3 16v3a2 2 0 0 0 2 2h3","M16 21h3a2 2 0 0 0 2-2v-3"],"dock-right":["M5 3h14a2 2 0 0 1 2 2v\
14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2","M15 3v18"],"dock-below":["M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2","M3 15h18"],
collapse:["m7 20 5-5 5 5","m7 4 5 5 5-5"],expand:["m7 15 5 5 5-5","m7 9 5-5 5 5"],file:["M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.5\
88A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z","M14 2v5a1 1 0 0 0 1 1h5","M10 9H8","M16 13H8","M16 17H8"],power:["M12 2v10","M18.4 6.6a9 9 0 1 1-12.77.04"],activity:[
"M22 12h-2.48a2 2 0 0 0-1.93 1.46l-2.35 8.36a.25.25 0 0 1-.48 0L9.24 2.18a.25.25 0 0 0-.48 0l-2.35 8.36A2 2 0 0 1 4.49 12H2"],lock:["M5 11h14a2 2 0 0 1 2 2v7a2 \
2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2","M7 11V7a5 5 0 0 1 10 0v4"],map:["M9 2h6v6H9z","M2 16h6v6H2z","M16 16h6v6h-6z","M5 16v-3a1 1 0 0 1 1-1h12a1 1 0 0 \
1 1 1v3","M12 12V8"],bell:["M10.268 21a2 2 0 0 0 3.464 0","M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499\
-1.411 5.956-2.738 7.326"],link:["M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71","M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71"],download:[
"M12 15V3","M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4","m7 10 5 5 5-5"],fold:["M12 22v-6","M12 8V2","M4 12H2","M10 12H8","M16 12h-2","M22 12h-2","m15 19-3-3-3 3",
"m15 5-3 3-3-3"],more:["M5 12h.01","M12 12h.01","M19 12h.01"],swap:["m16 3 4 4-4 4","M20 7H4","m8 21-4-4 4-4","M4 17h16"],terminal:["M12 19h8","m4 17 6-6-6-6"]};
function _e({name:e}){return l("svg",{class:"icon",viewBox:"0 0 24 24","aria-hidden":"true",children:Ms[e].map(t=>l("path",{d:t},t))})}var ie=e=>Number.isFinite(Date.parse(e.from))&&Number.isFinite(Date.parse(e.to));function bt(e){return ie(e)?{from:new Date(e.from).toISOString(),to:new Date(e.
to).toISOString()}:{since:e.t}}function nn(e,t){return new Date(e+t(e)).toISOString().slice(0,19)}function rn(e,t){let n=Date.parse(`${e}Z`);return n-t(n-t(n))}var Dr=4,wt=8;function Hr({label:e,button:t,buttonClass:n,iconOnly:r,children:s}){let o=be().replace(/\W/g,""),i=P(null),a=P(null);return C(()=>{let f=a.current,
m=()=>f.matches(":popover-open")&&Es(i.current,f),u=g=>{let d=g.newState==="open";i.current?.setAttribute("aria-expanded",String(d)),d&&(m(),f.querySelector("in\
put:checked, [aria-current], input, button")?.focus({preventScroll:!0}))};return f.addEventListener("toggle",u),addEventListener("resize",m),addEventListener("s\
croll",m,{passive:!0,capture:!0}),()=>{f.removeEventListener("toggle",u),removeEventListener("resize",m),removeEventListener("scroll",m,{capture:!0})}},[]),l(E,
{children:[l("button",{ref:i,type:"button",class:`btn ${n??""}`,"aria-label":r?e:void 0,title:r?e:void 0,"aria-haspopup":"dialog","aria-expanded":"false",popovertarget:o,
children:t}),l("div",{ref:a,id:o,class:"menu",role:"dialog","aria-label":e,popover:"auto",children:s(()=>a.current?.hidePopover())})]})}function Es(e,t){let n=e.
getBoundingClientRect(),{width:r,height:s}=t.getBoundingClientRect(),o=Math.min(Math.max(wt,n.right-r),innerWidth-r-wt),i=n.bottom+Dr,a=i+s<=innerHeight-wt?i:Math.
max(wt,n.top-Dr-s);t.style.left=`${o}px`,t.style.top=`${a}px`}var As=["15m","1h","6h","24h","2d","7d"];function Cs(e){let t=S().traces,n=K();return ie(e)?t.fromTo(n.time(Date.parse(e.from),oe.value),n.time(Date.parse(e.to),
oe.value)):t.last(n.window(e.t))}function Wl({range:e,onChange:t}){let n=S().traces;return l(Hr,{label:n.range,button:l(E,{children:[l(_e,{name:"clock"}),Cs(e),
l(_e,{name:"chevron-down"})]}),children:r=>l(E,{children:[l("div",{class:"legend",children:n.relative}),As.map(s=>l("button",{type:"button",class:"item","aria-c\
urrent":!ie(e)&&e.t===s?"true":void 0,onClick:()=>{r(),t({t:s,from:"",to:""})},children:n.last(K().window(s))},s)),l("hr",{}),l(Rs,{range:e,onChange:s=>{r(),t(s)}})]})})}
function Rs({range:e,onChange:t}){let n=S().traces,{offsetMs:r}=K(),s=oe.peek(),[o,i]=D(nn(ie(e)?Date.parse(e.from):s-36e5,r)),[a,f]=D(nn(ie(e)?Date.parse(e.to):
s,r)),[m,u]=[rn(o,r),rn(a,r)],g=m<u;return l("form",{class:"pinned",onSubmit:d=>{d.preventDefault(),g&&t({t:e.t,from:new Date(m).toISOString(),to:new Date(u).toISOString()})},
children:[l("div",{class:"legend",children:n.pinned}),l("label",{class:"field",children:[n.from,l("input",{class:"input",type:"datetime-local",step:"1",value:o,
onInput:d=>i(d.currentTarget.value)})]}),l("label",{class:"field",children:[n.to,l("input",{class:"input",type:"datetime-local",step:"1",value:a,onInput:d=>f(d.
currentTarget.value)})]}),!g&&l("span",{class:"pill bare crit",role:"alert",children:n.badRange}),l("button",{type:"submit",class:"btn primary",disabled:!g,children:n.
apply})]})}var Os=10*1024*1024,Ve=new Map,ru=e=>Ve.get(e)?.text;function ou(e){let t=e===null?void 0:Ve.get(e),n=ct(e===null||t?null:Q(`/traces/${e}`));return t?{data:t.columns,
problem:void 0,retry:()=>{}}:n}function Br(e,t,n){let r=Ve.get(e);return r?Kr(r.text,t,n):ne(Q(`/traces/${e}`,t),H.peek(),n)}async function su(e){let t=Ve.get(e)?.
text,n=t===void 0?await ne(`/api/v2/trace/${e}`,H.peek()):JSON.parse(t);return JSON.stringify(n,null,1)}async function Kr(e,t,n){return ne(Q("/traces/draw",t),H.
peek(),n,e)}async function on(e){if(e.length>Os)return q(S().trace.openTooLarge);try{e=Ns(e);let t=await Kr(e,{});Ve.set(t.traceId,{text:e,columns:t}),ge(se("tr\
ace",{id:t.traceId}))}catch(t){let n=t instanceof W?t.problem:{title:String(t),status:F};q(n.status===F?S().state.unreachable:[n.detail??n.title,n.hint].filter(
Boolean).join(" "))}}function Ns(e){return/^\s*\[\s*\[/.test(e)?JSON.stringify(JSON.parse(e).flat()):e}function iu(){let e=document.createElement("input");e.type=
"file",e.accept=".json,application/json",e.onchange=()=>{e.files?.[0]?.text().then(on)},e.click()}function au(){addEventListener("dragover",e=>e.dataTransfer?.types.
includes("Files")&&e.preventDefault()),addEventListener("drop",e=>{let t=e.dataTransfer?.files[0];t&&(e.preventDefault(),t.text().then(on))}),addEventListener("\
paste",e=>{let t=e.clipboardData?.getData("text/plain").trim()??"";!/^\[\s*[[{]/.test(t)||e.target instanceof Element&&e.target.closest("textarea")||(e.preventDefault(),
on(t))})}var sn=b(null);function du(e){let t=S().compare,n=sn.value;if(n!==null&&n!==e){sn.value=null,ge(se("compare",{a:n,b:e}));return}sn.value=n===e?null:e,q(n===e?t.
unmarked:t.marked)}function Ps({color:e}){let t=e===void 0?"":` c${e%8}`;return l("i",{class:`dot${t}${e!==void 0&&e>=8?" hatch":""}`,"aria-hidden":"true"})}function gu({name:e,color:t}){
return l("span",{class:"service",children:[l(Ps,{color:t}),e]})}function bu(e){let{rows:t}=e,n={traceId:e.traceId,startUs:e.startUs,durationUs:Math.max(1,e.durationUs),count:t.id.length,spans:e.spans,errors:e.errors,missingParents:e.
missingParents,missingIds:e.missingIds??[],skews:e.skews??[],services:Ls(e.services),names:e.names,ids:t.id,kinds:t.kind,remotes:t.remote,statuses:t.status,parent:Int32Array.
from(t.parent),depth:Uint16Array.from(t.depth),size:Int32Array.from(t.size),service:Uint16Array.from(t.service),name:Uint32Array.from(t.name),start:Float64Array.
from(t.startUs),duration:Float64Array.from(t.durationUs),self:new Float64Array(t.id.length),isError:Uint8Array.from(t.error),isCritical:Uint8Array.from(t.critical)};
return Us(n),n}function Ls(e){let t=new Set,n=e.map(()=>({hue:0,isHatched:!1})),r=e.map((s,o)=>o).sort((s,o)=>e[s].color-e[o].color);for(let s of r){let o=e[s].
color%8,i=t.size>=8;for(;!i&&t.has(o);)o=(o+1)%8;t.add(o),n[s]={hue:o,isHatched:i}}return e.map((s,o)=>({...s,...n[o]}))}function Us(e){let{count:t,size:n,start:r,
duration:s,self:o}=e,i=[];for(let a=0;a<t;a++){let f=r[a]+s[a];i.length=0;let m=!0;for(let d=a+1;d<a+n[a];d+=Math.max(1,n[d]))i.length>0&&r[d]<r[i[i.length-1]]&&
(m=!1),i.push(d);m||i.sort((d,c)=>r[d]-r[c]);let u=0,g=r[a];for(let d of i){let c=Math.max(g,r[d]),h=Math.min(f,r[d]+s[d]);h>c&&(u+=h-c,g=h)}o[a]=Math.max(0,s[a]-
u)}}function wu(e,t){let n=e.services[t];return`dot c${n?.hue??0}${n?.isHatched?" hatch":""}`}function Su(e,t){let n=new Map,r=0;for(let o=0;o<e.count;o++){let i=t?
e.name[o]:-1,a=e.service[o]*(e.names.length+1)+i+1,f=n.get(a);f||n.set(a,f={service:e.service[o],name:i,spans:0,errors:0,selfUs:0,share:0,row:o}),e.self[o]>e.self[f.
row]&&(f.row=o),f.spans++,f.errors+=e.isError[o],f.selfUs+=e.self[o],r+=e.self[o]}let s=[...n.values()];for(let o of s)o.share=r>0?o.selfUs/r:0;return s.sort((o,i)=>i.
selfUs-o.selfUs)}function Is(e,{collapsed:t,groups:n,folded:r,root:s=-1,only:o}){let i=Math.max(0,s),a=s<0?e.count:s+e.size[s],f=new Int32Array(a-i),m=0;for(let u=i;u<
a;){let g=n&&r?n.first[u]:u,d=r?.[g]===1;(g===u||!d)&&(!o||o[u])&&(f[m++]=u),u+=d||t[u]?Math.max(1,e.size[u]):1}return f.subarray(0,m)}function xu(e){let{count:t,
parent:n,service:r,name:s,duration:o}=e,i={first:new Int32Array(t),next:new Int32Array(t).fill(-1),calls:new Int32Array(t),sumUs:new Float64Array(t)},a=new Map,
f=e.services.length,m=e.names.length;for(let u=0;u<t;u++){let g=((n[u]+1)*f+r[u])*m+s[u],d=a.get(g),c=d===void 0?u:i.first[d];d!==void 0&&(i.next[d]=u),a.set(g,
u),i.first[u]=c,i.calls[c]++,i.sumUs[c]+=o[u]}return i}function Tu(e,t){let n=t.slice();for(let r=n.length-1;r>=0;r--)n[r]&&e[r]>=0&&(n[e[r]]=1);return n}function $u(e,t){
let n=0,r=e.length-1;for(;n<=r;){let s=n+r>>1;if(e[s]===t)return s;e[s]<t?n=s+1:r=s-1}return-1}function ku({parent:e},{collapsed:t,groups:n,folded:r},s){let o=!1,
i=(a,f)=>{o||=a[f]===1,a[f]=0};for(let a=s;a>=0;a=e[a])a!==s&&i(t,a),n&&r&&(n.first[a]!==a||a!==s)&&i(r,n.first[a]);return o}function Mu(e,t,n){let r=Is(e,{collapsed:t}),
s=n?1/0:-1;for(let o of r)e.size[o]<=1||(n&&t[o]&&(s=Math.min(s,e.depth[o])),!n&&!t[o]&&(s=Math.max(s,e.depth[o])));for(let o of r)e.size[o]>1&&e.depth[o]===s&&
(t[o]=n?0:1)}function Eu(e,t,n){let r=e.length;for(let s=1;s<=r;s++){let o=(t+n*s+r*2)%r;if(e[o])return o}return-1}function Cu(e,t,n){let r=devicePixelRatio||1,s=Math.round(t*r),o=Math.round(n*r);(e.width!==s||e.height!==o)&&(e.width=s,e.height=o,e.style.width=`${t}px`,e.style.
height=`${n}px`);let i=e.getContext("2d");return i?.setTransform(r,0,0,r,0,0),i}function an(e,t){let n=document.createElement("span");n.style.setProperty("force\
d-color-adjust","none"),e.append(n);let r={};for(let s of Object.keys(t))n.style.color=`var(${t[s]})`,r[s]=getComputedStyle(n).color;return n.remove(),r}function Ru(e,t,n){
let[r,s]=[e,t].map(o=>(o.match(/[\d.]+/g)??[]).map(Number));return`rgb(${[0,1,2].map(o=>Math.round(r[o]+(s[o]-r[o])*n)).join(",")})`}function Lu(e){let t=an(e,Object.fromEntries(Array.from({length:8},(s,o)=>[o,`--s${o+1}`]))),n={text:"--text",muted:"--muted",border:"--border",surface:"--surfa\
ce",crit:"--crit-fill",critText:"--crit",accent:"--accent"},r=Object.values(t);return{...an(e,n),hues:r,onHues:r.map(Ds),font:getComputedStyle(e).fontFamily}}var Fs=.18;
function Ds(e){let[t,n,r]=(e.match(/[\d.]+/g)??[]).map(s=>(Number(s)/255)**2.2);return .2126*t+.7152*n+.0722*r>Fs?"#0d0f13":"#ffffff"}function Iu(e,t,n){let r=document.createElement("a");r.href=URL.createObjectURL(new Blob([n],{type:t})),r.download=e,r.click(),setTimeout(()=>URL.revokeObjectURL(
r.href),1e3)}var Du=(e,t)=>`${e}="${t.replaceAll("\\","\\\\").replaceAll('"','\\"')}"`;function ln(e,t){let n=Math.min(t,Math.max(Math.min(10,t),e.to-e.from)),r=Math.min(Math.max(0,e.from),t-n);return{from:r,to:r+n}}function Bu(e,t,n,r){let s=e.to-
e.from,o=Math.min(r,Math.max(Math.min(10,r),s*t)),i=e.from+s*n;return ln({from:i-o*n,to:i+o*(1-n)},r)}function Ku(e,t,n){let r=(e.to-e.from)*t;return ln({from:e.
from+r,to:e.to+r},n)}function qu(e,t,n){let r=Math.max(t*.1,5);return ln({from:e-r,to:e+t+r},n)}var Gu=(e,t)=>e.from<=0&&e.to>=t;function Vu(e,t){let n=(e.to-e.
from)/Math.max(1,t),r=10**Math.floor(Math.log10(Math.max(n,1))),s=[1,2,5,10].map(i=>i*r).find(i=>i>=n)??r*10,o=[];for(let i=Math.ceil(e.from/s)*s;i<=e.to;i+=s)o.
push(i);return o}function ju(e,t,n){if(e===0)return"0";let[r,s]=n<1e3?["µs",1]:n<1e6?["ms",1e3]:["s",1e6],o=Math.max(0,Math.ceil(-Math.log10(t/s)-1e-9));return`${(e/
s).toFixed(o)} ${r}`}async function Ae(e){try{await navigator.clipboard.writeText(e),q(S().shell.copied(e))}catch{q(S().shell.copyFailed)}}var qr=e=>e.trim()||"root",Hs=(e,t)=>({q:qr(e),...bt(t)}),Gr=e=>`duration>=${e.fromUs}us duration<${e.toUs+1}us`,Vr=e=>`${new Date(e-1).toISOString().slice(0,-1)}\
999Z`,jr=e=>new Date(e).toISOString();function zr(e,t,n){return n?{q:`${qr(e)} ${Gr(n)}`,from:jr(n.fromMs),to:Vr(n.toMs)}:{q:e,...bt(t)}}function Xu(e,t,n){let r=n?
Hs(e,t):{q:e,...bt(t)};return n?{...r,sel:Gr(n),selFrom:jr(n.fromMs),selTo:Vr(n.toMs)}:r}function ze(e){return/^[\w./:=@%+,-]+$/.test(e)?e:`'${e.replaceAll("'","'\\''")}'`}function Wr(e){switch(e.name){case"overview":case"slos":return"nines slo stat\
us";case"slo":return`nines slo explain ${ze(e.path.name)}`;case"traces":return Bs(e.query);case"trace":return`nines trace get ${ze(e.path.id)}`;case"compare":return`\
nines trace compare ${ze(e.path.a)} ${ze(e.path.b)}`;case"map":return`nines trace map --since ${e.query.t}`;case"alerts":return e.query.state==="all"?"nines ale\
rt list --all":"nines alert list";case"definitions":return"nines slo check definitions";case"settings":return"nines store stats";case"missing":return null}}function Bs(e){
let{q:t,from:n,to:r,since:s}=zr(e.q,e,Dn(e.sel)),o=s?`--since ${s}`:`--from ${n} --to ${r}`;return`nines trace find ${t?ze(t):"''"} ${o}${e.sort==="slowest"?" -\
-sort slowest":""}`}function Jr(e,t){if(e.name==="missing"||!("t"in e.query&&"from"in e.query&&"to"in e.query))return null;let n=e.query;if(ie(n))return null;let r=new Date(t-(Gn(n.
t)??0)/1e3).toISOString();return se(e.name,e.path,{...e.query,from:r,to:new Date(t).toISOString()})}var dc=b("none");function hc(){Ae(location.href)}function gc(){let e=Jr(vt.peek(),Date.now());Ae(e===null?location.href:new URL(e,location.href).href)}function _c(){
let e=Wr(vt.peek());e?Ae(e):q(S().shell.copyFailed)}function yc(){let e=document.querySelector("[data-filter]");e?.focus(),e?.select()}var Ks=b("");function xc(e,t=e){let n=S().shell.title(t);C(()=>{Ks.value=e,document.title=n},[e,n])}var qs=["global","list","trace","map","slo"];function Mc(){let e=S();mt.value;let t=Zt(),n={global:e.keys.groupGlobal,list:e.keys.groupList,trace:e.keys.groupTrace,
map:e.nav.map,slo:e.keys.groupSlo};return l(E,{children:[l("div",{class:"keys",children:qs.map(r=>{let s=t.filter(o=>o.group===r);return s.length>0&&l("section",
{children:[l("h3",{children:n[r]}),l("dl",{children:Gs(s).map(([o,i])=>l(Vs,{label:o,keys:i},o))})]},r)})}),l("label",{class:"switch",children:[l("input",{type:"\
checkbox",checked:dt.value,onChange:r=>kr(r.currentTarget.checked)}),e.keys.singleKeys]})]})}function Gs(e){let t=new Map;for(let{label:n,keys:r}of e)t.set(n,[...t.
get(n)??[],r]);return[...t]}function Vs({label:e,keys:t}){return l(E,{children:[l("dt",{children:e}),l("dd",{children:t.map(n=>l("kbd",{children:n.replace("Arro\
w","").replace("Right","→").replace("Left","←").replace("Down","↓").replace("Up","↑").replaceAll("+"," ").trim()||"+"},n))})]})}function js(e,t){let n=e.toLowerCase().split(/\s+/).filter(Boolean),r=t.toLowerCase(),s=0;for(let o of n){let i=r.indexOf(o);if(i<0)return null;let a=i===0||/[\s\-/_.:·]/.
test(r[i-1]);s+=i===0?0:a?1:3}return s}function Cc(e,t,n){return e.map((r,s)=>({item:r,i:s,score:js(t,n(r))})).filter(r=>r.score!==null).sort((r,s)=>(r.score??0)-
(s.score??0)||r.i-s.i).map(r=>r.item)}var Pc=["system","light","dark"],un=pe("theme"),zs=b(un==="light"||un==="dark"?un:"system"),Zr=b(0);function Lc(e){zs.value=e,me("theme",e==="system"?null:e),e===
"system"?delete document.documentElement.dataset.theme:document.documentElement.dataset.theme=e,Zr.value++}var Uc=["comfortable","dense"],Ws=b(pe("density")==="\
dense"?"dense":"comfortable");function Ic(e){Ws.value=e,me("density",e==="dense"?e:null),e==="dense"?document.documentElement.dataset.density=e:delete document.
documentElement.dataset.density}function Fc(){for(let e of["(prefers-color-scheme: dark)","(forced-colors: active)"])matchMedia(e).addEventListener("change",()=>Zr.
value++)}var Bc=b(null);function Gc({label:e,onClose:t,class:n,children:r}){let s=P(null);return C(()=>{let o=document.activeElement;return s.current?.showModal(),()=>o instanceof HTMLElement&&
o.isConnected&&o.focus()},[]),l("dialog",{ref:s,class:`dialog ${n??""}`,"aria-label":e,onClose:t,onClick:o=>o.target===o.currentTarget&&s.current?.close(),children:r})}function cn({rows:e=4}){return l("div",{class:"state","aria-busy":"true",children:[l("span",{class:"sr",children:S().state.loading}),Array.from({length:e},(t,n)=>l(
"span",{class:"skeleton",style:{width:`${92-n*37%40}%`}},n))]})}function Yc({title:e,children:t,tone:n}){return l("div",{class:"state",children:[n?l("div",{class:"\
row tight",children:l(Me,{tone:n,children:e})}):l("h2",{children:e}),t]})}function fn({what:e,problem:t,url:n,retry:r}){let s=S(),o=t.status===F?s.state.unreachable:
t.detail??t.title;return l("div",{class:"state",role:"alert",children:[l("div",{class:"row tight",children:l(Me,{tone:"crit",children:t.status===F?s.state.failed(
e):`${s.state.failed(e)} (${t.status})`})}),l("p",{children:o}),t.hint&&l("p",{children:t.hint}),l("div",{class:"row tight",children:[l("button",{type:"button",
class:"btn",onClick:r,children:[l(_e,{name:"refresh"}),s.state.retry]}),l("button",{type:"button",class:"btn quiet",onClick:()=>{Ae(JSON.stringify({url:n,at:new Date().
toISOString(),problem:t}))},children:s.state.diagnostic})]})]})}function Js({tone:e,children:t,action:n}){return l("div",{class:`banner ${e}`,role:"status",children:[
l(gt,{tone:e}),l("p",{children:t}),n]})}function ef({sinceMs:e,resource:t,what:n}){let r=S();return t?.problem?l(Js,{tone:"warn",action:l(Zs,{retry:t.retry}),children:t.
problem.status===F?r.state.unreachable:`${r.state.failed(n)}: ${t.problem.detail??t.problem.title}`}):e===void 0?null:l(Me,{tone:"warn",children:r.state.stale(K().
relative(e,Math.max(oe.value,e)))})}function Zs({retry:e}){return l("button",{type:"button",class:"btn small",onClick:e,children:S().state.retry})}function tf({
resource:e,what:t,rows:n,card:r,children:s}){if(e.data!==void 0)return l(E,{children:s(e.data)});let o=e.problem?l(fn,{what:t,problem:e.problem,retry:e.retry}):
l(cn,{rows:n});return r?l("section",{class:"card",children:o}):o}function pn(e,t=!1){let n=b(null),r=b(!1),s=()=>{r.value=!1,e().then(o=>n.value=o,()=>r.value=!0)};return function(i){let a=n.value;return C(()=>{n.peek()||s()},
[]),a?l(a,{...i}):t&&!r.value?null:l("section",{class:"card",children:r.value?l(fn,{what:S().state.page,problem:{title:"",status:F},retry:s}):l(cn,{rows:12})})}}function mf(e){let[t,n]=D(0);return C(()=>{let r=new ResizeObserver(([s])=>n(Math.floor(s.contentRect.width)));return r.observe(e.current),()=>r.disconnect()},[]),
t}function gf({label:e,text:t,onText:n}){return l("label",{class:"search",children:[l(_e,{name:"search"}),l("span",{class:"sr",children:e}),l("input",{class:"inpu\
t",type:"search","data-filter":!0,placeholder:e,value:t,onInput:r=>n(r.currentTarget.value)})]})}function vf({label:e,values:t,now:n,text:r,choose:s}){return l("div",{class:"seg",role:"group","aria-label":e,children:t.map(o=>l("button",{type:"button","aria-\
pressed":o===n,onClick:()=>s(o),children:r(o)},o))})}function xf({label:e,tabs:t,chosen:n,onChoose:r,children:s}){let o=be().replace(/\W/g,"");return l(E,{children:[l("div",{class:"tabs",role:"tablist","aria-label":e,
onKeyDown:a=>{let f=t.findIndex(([g])=>g===n),m={ArrowRight:f+1,ArrowLeft:f-1,Home:0,End:t.length-1}[a.key];if(m===void 0)return;a.preventDefault(),a.stopPropagation();
let u=(m+t.length)%t.length;r(t[u][0]),a.currentTarget.children[u].focus()},children:t.map(([a,f])=>l("button",{type:"button",role:"tab",id:`${o}-${a}`,"aria-se\
lected":a===n,"aria-controls":`${o}-panel`,tabIndex:a===n?0:-1,onClick:()=>r(a),children:f},a))}),l("div",{role:"tabpanel",id:`${o}-panel`,"aria-labelledby":`${o}\
-${n}`,children:s})]})}function Qr(e,t,n,r,s){let o=Math.max(0,Math.floor(e/n)-s),i=Math.min(r,Math.ceil((e+t)/n)+s);return{first:Math.min(o,r),end:Math.max(i,Math.min(o,r))}}function Xr(e,t,n,r,s){
let o=(e-s)*r,i=(e+1+s)*r;return o<t?Math.max(0,o):i>t+n?Math.max(0,Math.min(e*r,i-n)):t}var Yr=6;function Af({label:e,role:t,count:n,rowPx:r,head:s,active:o,onMove:i,onKey:a,onOpen:f,rowProps:m,cells:u,class:g}){let d=be().replace(/\W/g,""),c=P(null),
[h,x]=D({top:0,height:600}),y=P(0);tt(()=>{let v=c.current,N=()=>x({top:v.scrollTop,height:v.clientHeight}),V=new ResizeObserver(N);V.observe(v);let j=()=>y.current||=
requestAnimationFrame(()=>(y.current=0,N()));return v.addEventListener("scroll",j,{passive:!0}),()=>{V.disconnect(),v.removeEventListener("scroll",j),cancelAnimationFrame(
y.current)}},[]),C(()=>{let v=c.current;if(!v||o<0)return;let N=Xr(o,v.scrollTop,v.clientHeight-r,r,1);N!==v.scrollTop&&(v.scrollTop=N)},[o,n]);let M=Math.max(1,
Math.floor(h.height/r)-2),p=v=>n>0&&i(Math.min(n-1,Math.max(0,v))),_={ArrowDown:()=>p(o+1),ArrowUp:()=>p(o<0?n-1:o-1),PageDown:()=>p(o+M),PageUp:()=>p(o-M),Home:()=>p(
0),End:()=>p(n-1),Enter:()=>o>=0&&f?.(o)};_.j=_.ArrowDown,_.k=_.ArrowUp;let w=v=>{if(v.ctrlKey||v.metaKey||v.altKey||v.target!==c.current)return;let N=v.shiftKey?
void 0:_[v.key];if(N)N();else if(!a?.(v))return;v.preventDefault(),v.stopPropagation()},{first:U,end:I}=Qr(h.top,h.height,r,n,Yr),Z=Math.ceil(h.height/r)+2*Yr+1,
G=[];for(let v=U;v<I;v++){let{class:N,...V}=m?.(v)??{};G.push(l("div",{role:"row",id:`${d}-${v}`,class:`v-row ${N??""}${v===o?" selected":""}`,"aria-rowindex":v+
2,"aria-selected":v===o,style:{transform:`translateY(${v*r}px)`,height:`${r}px`},onClick:()=>i(v),onDblClick:()=>f?.(v),...V,children:u(v)},v%Z))}return l("div",
{ref:c,class:`v-grid ${g??""}`,role:t,"aria-label":e,"aria-rowcount":n+1,tabIndex:0,"aria-activedescendant":o>=U&&o<I?`${d}-${o}`:void 0,onKeyDown:w,children:[l(
"div",{role:"row",class:"v-head","aria-rowindex":1,style:{height:`${r}px`},children:s}),l("div",{class:"v-rows",role:"rowgroup",style:{height:`${n*r}px`},children:G})]})}var Qs=200;function Nf(e,t){let[n,r]=D(e),s=P(e),o=P(void 0),i=P(t);return i.current=t,C(()=>{e!==s.current&&(clearTimeout(o.current),s.current=e,r(e))},[e]),C(
()=>()=>clearTimeout(o.current),[]),[n,f=>{r(f),clearTimeout(o.current),o.current=setTimeout(()=>{s.current=f,i.current(f)},Qs)}]}function Lf(e){let t=e.trim().toLowerCase();return/^([0-9a-f]{16}|[0-9a-f]{32})$/.test(t)?t:null}function Uf(e){return e.length<=12?e:`${e.slice(0,4)}…${e.slice(
-4)}`}function Df(e,t=[]){let n=e.items.map(({key:[s,o],spans:i,errors:a})=>({atMs:Date.parse(String(s)),bucket:Xs(o)?o:null,spans:i,errors:a})),r={fromMs:Date.parse(
e.from),toMs:Date.parse(e.to),stepMs:(e.stepUs??6e7)/1e3,parts:e.bucketsPerDoubling??2};return Fn(r,n,t)}var Xs=e=>typeof e=="object"&&e!==null&&"fromUs"in e;var Ys=[21,8,0,16,0,0,1,8,8,0],ei={l:8,m:16,n:4,r:8};function ti(e){let n=e.replace(/[\s)\]}"'’”.…]+$/u,"").at(-1)??"",r=n.codePointAt(0)??0;return r>=44032&&
r<=55203?(r-44032)%28:n>="0"&&n<="9"?Ys[Number(n)]:n==="%"?0:ei[n.toLowerCase()]??0}function ni(e,t){let[n,r]=t.split("/"),s=ti(e);return t==="으로/로"?s===0||
s===8?r:n:s===0?r:n}function Bf(e,t){return e+ni(e,t)}var eo=[90,95,97,98,99,99.5,99.7,99.8,99.9,99.95,99.99],to=e=>Number((e/100).toFixed(9));function qf(e){return e.filter(({key:n,spans:r})=>n[0]&&n[1]&&r>0).slice(
0,3).map(({key:n,spans:r,errors:s})=>{let[o,i]=n,a=1-s/r,f=eo.filter(u=>to(u)<a);return{name:`${o}-${i}-availability`.toLowerCase().replace(/[^a-z0-9]+/g,"-").replace(
/^-|-$/g,"").slice(0,63),service:o,op:i,spans:r,achieved:a,target:to(f.length>0?f[f.length-1]:eo[0])}})}var no=e=>(/^[\w.-]+$/.test(e)?e:`"${e.replace(/["\\]/g,
"\\$&")}"`).replaceAll("'","''");function Gf({name:e,service:t,op:n,target:r}){let s=`service=${no(t)} kind=server op=${no(n)}`;return`apiVersion: openslo/v1
kind: SLO
metadata: { name: ${e} }
spec:
  service: ${JSON.stringify(t)}
  indicator:
    metadata: { name: ${e} }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: spans, spec: { where: '${s} !error' } } }
        total: { metricSource: { type: spans, spec: { where: '${s}' } } }
  timeWindow: [ { duration: 28d, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: ${r} } ]
`}var ro=25,ri=60,oo=new WeakMap;function Jf(e,t){let n=oo.get(e)??new Map;oo.set(e,n);let[r,s]=D(),[o,i]=D(0),a=n.has(t);return C(()=>{if(a||t<0)return;let f=new AbortController;
s(void 0);let m=setTimeout(()=>{let u=Math.max(0,t-ro),g=Math.min(e.count-1,t+ro);Br(e.traceId,{rows:`${u}-${g}`},f.signal).then(d=>{for(let c of d.items)n.set(
c.row,c);i(c=>c+1)},d=>{f.signal.aborted||s(d instanceof W?d.problem:{title:String(d),status:F})})},ri);return()=>{clearTimeout(m),f.abort()}},[e,t,a,o]),{detail:n.
get(t),problem:r,retry:()=>i(f=>f+1)}}var Xf=pn(()=>import("./heatmap.js").then(e=>e.Heatmap),!0),Yf=pn(()=>import("./heatmap.js").then(e=>e.HeatTable),!0);export{E as a,oi as b,D as c,C as d,tt as e,P as f,ve as g,l as h,F as i,Q as j,W as k,ne as l,Fn as m,Ft as n,di as o,hi as p,gi as q,_i as r,yi as s,Dn as t,vi as u,
bi as v,wi as w,Df as x,$e as y,pe as z,me as A,Gn as B,Bf as C,va as D,ba as E,H as F,gr as G,S as H,K as I,wa as J,Sa as K,xa as L,ct as M,De as N,Vo as O,oe as P,
La as Q,eo as R,to as S,qf as T,Gf as U,Ke as V,Sr as W,zo as X,ft as Y,Ia as Z,Be as _,Zo as $,Tr as aa,ke as ba,$r as ca,Fa as da,ht as ea,qa as fa,Ur as ga,gt as ha,
Me as ia,ns as ja,os as ka,ss as la,is as ma,ls as na,se as oa,vt as pa,fs as qa,Ya as ra,ge as sa,el as ta,tl as ua,Nr as va,Lr as wa,ms as xa,q as ya,ml as za,
Cl as Aa,ys as Ba,Ts as Ca,Fr as Da,Rl as Ea,_e as Fa,Hr as Ga,ie as Ha,bt as Ia,Cs as Ja,Wl as Ka,ru as La,ou as Ma,Br as Na,su as Oa,iu as Pa,au as Qa,Jf as Ra,
sn as Sa,du as Ta,Ps as Ua,gu as Va,bu as Wa,Ls as Xa,wu as Ya,Su as Za,Is as _a,xu as $a,Tu as ab,$u as bb,ku as cb,Mu as db,Eu as eb,Cu as fb,an as gb,Ru as hb,
Lu as ib,Iu as jb,Du as kb,ln as lb,Bu as mb,Ku as nb,qu as ob,Gu as pb,Vu as qb,ju as rb,Ae as sb,qr as tb,Hs as ub,zr as vb,Xu as wb,Wr as xb,Jr as yb,dc as zb,
hc as Ab,gc as Bb,_c as Cb,yc as Db,Ks as Eb,xc as Fb,Mc as Gb,js as Hb,Cc as Ib,Pc as Jb,zs as Kb,Zr as Lb,Lc as Mb,Uc as Nb,Ws as Ob,Ic as Pb,Fc as Qb,Bc as Rb,
Gc as Sb,cn as Tb,Yc as Ub,fn as Vb,Js as Wb,ef as Xb,tf as Yb,pn as Zb,mf as _b,Xf as $b,Yf as ac,gf as bc,vf as cc,xf as dc,Qr as ec,Xr as fc,Af as gc,Nf as hc,
Lf as ic,Uf as jc};
