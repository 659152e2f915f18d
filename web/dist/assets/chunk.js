var k,_n,Mt,re,$t,nt,yn,et,vn,Et,kt,fo,Le=Symbol.for("pv"),rt={},ot=[],po=/^m(i|n|o|s|text|space)$/,At=Array.isArray,Ct=ot.slice,ce=Object.assign;function ue(e){
e&&e.parentNode&&e.remove()}function bn(e,t,n){var r,s,o,i={},a=arguments.length;for(o in t)o=="key"?r=t[o]:o=="ref"&&typeof e!="function"?s=t[o]:i[o]=t[o];return a>
2&&(i.children=a>3?Ct.call(arguments,2):n),Ne(e,i,r,s,null)}function Ne(e,t,n,r,s){var o={type:e,props:t,key:n,ref:r,__k:null,__:null,__b:0,__e:null,__c:null,constructor:Le,__v:s||++_n,__i:-1,__u:0};return!s&&k.vnode&&k.
vnode(o),o}function E(e){return e.children}function Se(e,t){this.props=e,this.context=t,this.__g=0}function oe(e,t){if(t==null)return e.__&&oe(e.__,e.__i+1);for(var n;t<e.
__k.length;t++)if((n=e.__k[t])&&n.__e)return n.__e;return typeof e.type!="function"||e.props.__P?null:oe(e)}function mo(e){var t,n=e.__v,r=n.__e,s=[],o=[],i=e.__P;
i&&((t=ce({constructor:Le},n)).__v=n.__v+1,k.vnode&&k.vnode(t),Rt(i,t,n,e.__n,i.namespaceURI,32&n.__u?[r]:null,s,r||oe(n),32&n.__u,o),t.__v=n.__v,t.__.__k[t.__i]=
t,kn(s,t,o),n.__=n.__e=null,t.__e!=r&&wn(t))}function wn(e){if((e=e.__)&&e.__c&&!e.props.__P)return e.__e=null,e.__k.some(function(t){return t&&(e.__e=t.__e)}),
wn(e)}function hn(e){(8&e.__g||(e.__g|=8,re.push(e),nt++))&&$t==k.debounceRendering||(($t=k.debounceRendering)||queueMicrotask)(Sn)}function Sn(){try{for(var e,
t=1;re.length;)re.length>t&&re.sort(yn),e=re.shift(),t=re.length,8&e.__g&&mo(e)}finally{(nt=re.length)&&($t||queueMicrotask)(Sn)}}function xn(e,t,n,r,s,o,i,a,f,m,u){
var g,d,c,h,x,y,M=r.__k||ot,p=t.length;for(f=ho(n,t,M,f,p),g=0;g<p;g++)(c=n.__k[g])!=null&&(d=~c.__i&&M[c.__i]||rt,c.__i=g,y=Rt(e,c,d,s,o,i,a,f,m,u),h=c.__e,(d.
ref!=c.ref||8&d.__u)&&(d.ref&&Ot(d.ref,null,c,d),c.ref&&u.push(c.ref,c.__c||h,c)),x=x||h,4&c.__u?(f=Tn(c,f,e,!d.__v),d.__e&&(d.__e=null)):typeof c.type=="functi\
on"&&y!==void 0?f=y:h&&(f=h.nextSibling),c.__u&=-21);return n.__e=x,f}function ho(e,t,n,r,s){var o,i,a,f,m,u,g,d,c,h=n.length,x=h,y=0,M=0,p=e.__k=Array(s);for(o=
0;o<s;o++)(i=t[o])!=null&&typeof i!="boolean"&&typeof i!="function"?(typeof i!="object"||i.constructor===String?i=p[o]=Ne(null,i):At(i)?i=p[o]=Ne(E,{children:i}):
i.constructor===Le&&i.__b?i=p[o]=Ne(i.type,i.props,i.key,i.ref,i.__v):p[o]=i,f=o+y,i.__=e,i.__b=e.__b+1,a=null,~(m=i.__i=go(i,n,f,x))&&(x--,(a=n[m])&&(a.__u|=2)),
a&&a.__v?(i.__u|=16,m==f-1?y--:m==f+1?y++:m!=f&&(m>f?y--:y++,M=1)):(~m||(s>h?y--:s<h&&y++),typeof i.type!="function"&&(i.__u|=4))):p[o]=null;if(M){for(u=[],g=[],
o=0;o<s;o++)if((i=p[o])&&16&i.__u){for(y=0,d=u.length;y<d;)u[c=y+d>>1]<i.__i?y=c+1:d=c;u[y]=i.__i,g[o]=y+1}for(y=u.length;o--;)g[o]&&(g[o]==y?y--:p[o].__u|=4)}if(x)
for(o=0;o<h;o++)!(a=n[o])||2&a.__u||(a.__e==r&&(r=oe(a)),Pt(a,a));return r}function Tn(e,t,n,r){var s,o,i,a;if(typeof e.type=="function"){if(e.props.__P)return t;
if(s=e.__k)for(o=0;o<s.length;o++)s[o]&&(s[o].__=e,t=Tn(s[o],t,n,!1));return t}for(t&&!t.parentNode&&(t=oe(e))&&!t.parentNode&&(t=null),i=e.__e,a=t;a&&a.nodeType==
8;)a=a.nextSibling;for(i!=a&&(!r&&n.moveBefore&&i.parentNode?n.moveBefore(i,t):n.insertBefore(i,t||null)),t=i;(t=t&&t.nextSibling)&&t.nodeType==8&&!t.data.startsWith(
"$s"););return t}function go(e,t,n,r){var s,o=e.key,i=e.type,a=t[n],f=a&&!(2&a.__u);if(a===null&&o==null||f&&o==a.key&&i==a.type)return n;if(r>(f?1:0)){for(s=n-1;s>=0;s--)if((a=
t[s])&&!(2&a.__u)&&o==a.key&&i==a.type)return s;for(s=n+1;s<t.length;s++)if((a=t[s])&&!(2&a.__u)&&o==a.key&&i==a.type)return s}return-1}function gn(e,t,n){n==null&&
(n=""),t[0]=="-"?e.setProperty(t,n):e[t]=n}function Ye(e,t,n,r,s){var o,i;if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof r=="string"&&(e.style.
cssText=r=""),r)for(t in r)n&&t in n||gn(e.style,t);if(n)for(t in n)r&&n[t]==r[t]||gn(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")typeof n!="function"&&(n=null),
typeof r!="function"&&(r=null),(e.__e||(e.__e={}))[t]=n,n&&r||(i=kt[t]||(kt[t]=_o(t)),(e.__a||(e.__a={}))[t]=Et,o=t!=(t=t.replace(vn,"$1")),(t=t.slice(2))[0]<"a"&&
(t=t.toLowerCase()),n?e.addEventListener(t,i,o):e.removeEventListener(t,i,o));else{if(s=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,
"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)
try{return void(e[t]=n??"")}catch{}if(typeof n=="function")return;n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n)}}function _o(e){
return function(t){var n=this.__e;if(n){if(n=n[e],t[et]==null)t[et]=Et++;else if(t[et]<this.__a[e])return;return n(k.event?k.event(t):t)}}}function Rt(e,t,n,r,s,o,i,a,f,m){
var u,g,d,c,h,x,y,M,p,_,S,U,I,ee,G,w,P,V,z=t.type;if(t.constructor!==Le)return null;128&n.__u&&(f=32&n.__u,u=n.__c.__z)&&(t.__u|=f,g=o=[],u.nodeType==8?a=tt(u,o):
o.push(u),a=o[0]||a),(u=k.__b)&&u(t);e:if(typeof z=="function"){d=i.length;try{if(M=t.props,p=(u=z.prototype)&&u.render,_=(u=z.contextType)&&r[u.__c],S=u?_?_.props.
value:u.__:r,(c=n.__c)?(t.__c=c,2&c.__g&&(c.__g|=1)):(p?t.__c=c=new z(M,S):(t.__c=c=new Se(M,S),c.constructor=z,c.render=vo),_&&_.sub(c),c.state||(c.state={}),c.
__n=r,c.__g|=8,c.__h=[],c.__k=[]),p&&(c.__s||(c.__s=c.state),z.getDerivedStateFromProps&&(c.__s==c.state&&(c.__s=ce({},c.__s)),ce(c.__s,z.getDerivedStateFromProps(
M,c.__s)))),h=c.props,x=c.state,c.__v=t,n.__c){if(M!==h&&p&&!z.getDerivedStateFromProps&&c.componentWillReceiveProps&&c.componentWillReceiveProps(M,S),t.__v==n.
__v&&!(8&c.__g)||!(4&c.__g)&&c.shouldComponentUpdate&&c.shouldComponentUpdate(M,c.__s,S)===!1){t.__v!=n.__v&&(c.props=M,c.state=c.__s,c.__g&=-9),t.__e=n.__e,t.__k=
n.__k,t.__k.some(function(W){W&&(W.__=t)}),ot.push.apply(c.__h,c.__k),c.__k=[],c.__h.length&&i.push(c),a=oe(n);break e}c.componentWillUpdate&&c.componentWillUpdate(
M,c.__s,S),p&&c.componentDidUpdate&&c.__h.push(function(){c.componentDidUpdate(h,x,y)})}else p&&!z.getDerivedStateFromProps&&c.componentWillMount&&c.componentWillMount(),
p&&c.componentDidMount&&c.__h.push(c.componentDidMount);c.context=S,c.props=M,c.__P=e,c.__g&=-5,U=k.__r,I=p?25:0;do c.__g&=-9,U&&U(t),u=c.render(c.props,c.state=
c.__s,c.context);while(8&c.__g&&++I<25);p&&(ot.push.apply(c.__h,c.__k),c.__k=[]),c.state=c.__s,c.getChildContext&&(r=ce({},r,c.getChildContext())),p&&n.__c&&c.getSnapshotBeforeUpdate&&
(y=c.getSnapshotBeforeUpdate(h,x)),ee=u&&u.type===E&&u.key==null?u.props.children:u,M.__P&&(u=a,s=(e=M.__P).namespaceURI,f=o=null,n.props&&n.props.__P!=e&&(n.__k.
some(function(W){W&&Pt(W,W)}),n.__k=null),a=n.__k?oe(n,0):null),a=xn(e,At(ee)?ee:[ee],t,n,r,s,o,i,a,f,m),M.__P&&(t.__e=null,a=u),t.__u&=-161,g&&g.some(ue),c.__h.
length&&i.push(c),1&c.__g&&(c.__g&=-4)}catch(W){if(i.length=d,t.__v=null,f||o)if(W&&W.then){if(t.__u|=128|f,o){for(~(P=o.indexOf(a||void 0))||(P=o.length);(V=o[P-
1])&&V.nodeType==8;)P--;for(;P<o.length;P++)if(V=o[P])if(o[P]=null,G){if(V==w)break}else{if(V.nodeType!=8)break;V.data.startsWith("$s")&&(w=tt(G=V))}}if(!G){for(;a&&
a.nodeType==8&&a.nextSibling;)a=a.nextSibling;G=a}(u=tt(G=t.__c.__z||(t.__c.__z=G)))?(t.__e=G,a=u):t.__e=a,a=a&&a.nextSibling}else o&&o.some(ue);else t.__e=n.__e;
t.__k||(t.__k=n.__k||[]),W&&W.then||$n(t),k.__e(W,t,n)}}else a=t.__e=yo(n.__e,t,n,r,s,o,i,f,m,e);return(u=k.diffed)&&u(t),a}function tt(e,t){if(e&&e.nodeType==8&&
e.data.startsWith("$s"))for(var n=1;e=e.nextSibling;){if(e.nodeType==8){if(e.data.startsWith("$s"))n++;else if(e.data.startsWith("/$s")&&!--n)return e}t&&t.push(
e)}}function $n(e){e&&(e.__c&&(e.__c.__g|=4),e.__k&&e.__k.some($n))}function kn(e,t,n){for(var r=0;r<n.length;)Ot(n[r++],n[r++],n[r++]);k.__c&&k.__c(t,e),e.some(
function(s){try{e=s.__h,s.__h=[],e.some(function(o){o.call(s)})}catch(o){k.__e(o,s.__v)}})}function yo(e,t,n,r,s,o,i,a,f,m){var u,g,d,c,h,x,y,M,p=n.props||rt,_=t.
props,S=t.type;if(S=="svg"?s="http://www.w3.org/2000/svg":S=="math"?s="http://www.w3.org/1998/Math/MathML":s||(s="http://www.w3.org/1999/xhtml"),o){for(u=0;u<o.
length;u++)if((h=o[u])&&(S?h.localName==S:h.nodeType==3)){e=h,o[u]=null;break}}if(!e){if(M=m.ownerDocument||document,!S)return M.createTextNode(_);e=M.createElementNS(
s,S,_.is?_:m),a&&(k.__m&&k.__m(t,o),a=!1),o=null}if(S){if(m=S=="template"&&e.content||e,o=S=="textarea"&&_.defaultValue!=null?null:o&&Ct.call(m.childNodes),!a&&
o)for(p={},u=0;u<e.attributes.length;u++)p[(h=e.attributes[u]).name]=h.value;for(u in p)h=p[u],u=="dangerouslySetInnerHTML"?d=h:u=="children"||u in _||u=="value"&&
"defaultValue"in _||u=="checked"&&"defaultChecked"in _||Ye(e,u,null,h,s);for(u in _)h=_[u],u=="children"?c=h:u=="dangerouslySetInnerHTML"?g=h:u=="value"?x=h:u==
"checked"?y=h:a&&typeof h!="function"||p[u]===h||Ye(e,u,h,p[u],s);g?(a||d&&(g.__html==d.__html||g.__html==e.innerHTML)||(e.innerHTML=g.__html),t.__k=[]):(d&&(e.
textContent=""),(S=="foreignObject"||s=="http://www.w3.org/1998/Math/MathML"&&po.test(S))&&(s="http://www.w3.org/1999/xhtml"),xn(m,At(c)?c:[c],t,n,r,s,o,i,o?o[0]:
n.__k&&oe(n,0),a,f),o&&o.some(ue)),a&&S!="textarea"||(u="value",S=="progress"&&x==null?e.removeAttribute(u):x==null||x===e[u]&&(S!="progress"||x)||Ye(e,u,x,p[u],
s),u="checked",y!=null&&y!=e[u]&&Ye(e,u,y,p[u],s))}else p===_||a&&e.data==_||(e.data=_);return e}function Ot(e,t,n,r){try{typeof e=="function"?t?t.__x=e(t)||1:r&&
(r=r.__c||r.__e)&&(t=r.__x)&&(r.__x=null,typeof t=="function"?t():e(null)):e.current=t}catch(s){k.__e(s,n)}}function Pt(e,t,n){var r,s,o,i;if(k.unmount&&k.unmount(
e),!(r=e.ref)||r.current&&r.current!=e.__e||Ot(r,null,t,e),r=e.__c){if(r.componentWillUnmount)try{r.componentWillUnmount()}catch(a){k.__e(a,t)}r.__P=r.__n=null}
if(r=e.__k)for(i=0;i<r.length;i++)r[i]&&Pt(r[i],t,typeof e.type!="function"||n&&!e.props.__P);!n&&(r=e.__c)&&(r=r.__z)&&(s=tt(r,o=[]))&&(r==e.__e&&o.some(ue),ue(
s),ue(r)),n||ue(e.__e),e.__e=e.__c=e.__=null}function vo(e,t,n){return this.constructor(e,n)}function mi(e,t){var n,r,s,o;k.__&&k.__(e,t),t.nodeType==9&&(t=t.documentElement),
r=(n=e&&32&e.__u)?null:t.__k,t.__k=Ne(E,{children:[e]}),s=[],o=[],Rt(t,t.__k,r||rt,rt,t.namespaceURI,r?null:t.firstChild?Ct.call(t.childNodes):null,s,r?r.__e:t.
firstChild,n,o),kn(s,t.__k,o),t.__k.props.children=null}k={__e:function(e,t,n,r){for(var s,o,i;t=t.__;)if((s=t.__c)&&!(1&s.__g)){s.__g|=4;try{if((i=(o=s.constructor)&&o.getDerivedStateFromError)&&s.setState(o.getDerivedStateFromError(
e)),s.componentDidCatch&&(s.componentDidCatch(e,r||{}),i=1),i&&8&s.__g)return void(s.__g|=2)}catch(a){e=a}}throw nt=0,e}},_n=0,Mt=function(e){return e!=null&&e.
constructor===Le},Se.prototype.setState=function(e,t){var n=this.__s;n&&n!=this.state||(n=this.__s=ce({},this.state)),typeof e=="function"&&(e=e(ce({},n),this.props)),
e&&(ce(n,e),this.__v&&(t&&this.__k.push(t),hn(this)))},Se.prototype.forceUpdate=function(e){this.__v&&(this.__g|=4,e&&this.__h.push(e),hn(this))},Se.prototype.render=
E,re=[],nt=0,yn=function(e,t){return e.__v.__b-t.__v.__b},et=Symbol(),vn=/(PointerCapture)$|Capture$/i,Et=0,kt={},fo=0;var fe,O,Nt,Mn,Lt=Object.is,st=0,Un=[],Ut=[],R=k,En=R.__b,An=R.__r,Cn=R.diffed,Rn=R.__c,On=R.unmount,Pn=R.__;function Ie(e,t){R.__h&&R.__h(O,e,st||t),st=0;var n=O.
__H||(O.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function B(e){return st=1,bo(In,e)}function bo(e,t,n){var r=Ie(fe++,2);if(r.t=e,!r.__c&&
(r.__=[n?n(t):In(void 0,t),function(o){var i=(r.__N||r.__)[0],a=r.t(i,o);Lt(i,a)||(r.__N=[a,r.__[1]],r.__c.setState({}))}],r.__c=O,!O.__f)){O.__f=!0;var s=O.shouldComponentUpdate;
O.shouldComponentUpdate=function(o,i,a){var f=this.__H;if(!f)return!0;var m=!1,u=this.props!=o;if(f.__.some(function(d){d.__N&&(m=!0,Lt(d.__[0],d.__N[0])||(u=!0))}),
s){var g=s.call(this,o,i,a);return m?g||u:g}return!m||u}}return r.__}function C(e,t){var n=Ie(fe++,3);!R.__s&&Ft(n.__H,t)&&(n.__P=!0,n.__=e,n.u=t,O.__H.__h.push(
n))}function it(e,t){var n=Ie(fe++,4);!R.__s&&Ft(n.__H,t)&&(n.__P=!1,n.__=e,n.u=t,O.__h.push(n))}function N(e){return st=5,xe(function(){return{current:e}},[])}function xe(e,t){var n=Ie(fe++,7);return Ft(n.__H,t)&&(n.__=e(),n.__H=t),n.__}function Te(){var e=Ie(fe++,11);if(!e.__){for(var t=O.__v;!t.__m&&t.__;)t=t.__;var n=t.__m||(t.__m=[0,0]);e.__="P"+n[0]+"-"+n[1]++}return e.__}function wo(){var e;
do{for(;e=Ut.shift();)try{Ue(e)}catch(n){R.__e(n,{__:(e=e.__P)&&e.__v})}for(;e=Un.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(Ue),t.__h.some(It),t.__h=[]}catch(n){
t.__h=[],R.__e(n,e.__v)}}}while(Ut.length)}R.__b=function(e){O=null,En&&En(e)},R.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),Pn&&Pn(e,t)},R.__r=function(e){
An&&An(e),fe=0;var t=(O=e.__c).__H;t&&(Nt==O?O.__h=[]:(t.__h.some(Ue),t.__h.some(It),fe=0),t.__h=[],t.__.some(function(n){n.__N&&(n.__=n.__N),n.u=n.__N=void 0})),
Nt=O},R.diffed=function(e){Cn&&Cn(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&Ln(Un.push(t)),t.__H.__.some(function(n){n.u&&(n.__H=n.u)})),Nt=O=null},R.__c=function(e,t){
t.some(function(n){try{n.__h.some(Ue),n.__h=n.__h.filter(function(r){return!r.__||It(r)})}catch(r){n.__h=[function(){throw r}]}}),Rn&&Rn(e,t)},R.unmount=function(e){
On&&On(e);var t,n,r=e.__c;r&&r.__H&&(r.__H.__.some(function(s){try{if(s.__P&&s.__c){if(n===void 0){for(n=e.__;n&&(!n.__c||!n.__c.__P);)n=n.__;n=n&&n.__c}s.__P=n,
Ln(Ut.push(s))}else Ue(s)}catch(o){t=o}}),r.__H=void 0,t&&R.__e(t,r.__v))};var Nn=typeof requestAnimationFrame=="function";function So(e){var t,n=function(){clearTimeout(
r),Nn&&cancelAnimationFrame(t),setTimeout(e)},r=setTimeout(n,35);Nn&&(t=requestAnimationFrame(n))}function Ln(e){e!=1&&Mn==R.requestAnimationFrame||((Mn=R.requestAnimationFrame)||
So)(wo)}function Ue(e){var t=O,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),O=t}function It(e){var t=O;e.__c=e.__(),O=t}function Ft(e,t){return!e||e.length!=
t.length||t.some(function(n,r){return!Lt(n,e[r])})}function In(e,t){return typeof t=="function"?t(e):t}var xo=Symbol.for("pv"),To=0;function l(e,t,n,r,s,o){t||(t={});var i,a,f=t;if("ref"in f&&typeof e!="function")for(a in f={},t)a=="ref"?i=t[a]:f[a]=t[a];var m={type:e,props:f,key:n,ref:i,__k:null,
__:null,__b:0,__e:null,__c:null,constructor:xo,__v:--To,__i:-1,__u:0};return(s||o)&&(m.__source=s,m.__self=o),k.vnode&&k.vnode(m),m}var $o=Symbol.for("preact-signals");function ct(){if(te>1)te--;else{var e,t=!1;for((function(){var s=lt;for(lt=void 0;s!==void 0;){var o=s.S;if(o.v===s.v)for(var i=o.
t;i!==void 0;i=i.x)i.i===s.i&&(i.i=o.i);s=s.o}})();De!==void 0;){var n=De;for(De=void 0,at++;n!==void 0;){var r=n.u;if(n.u=void 0,n.f&=-3,!(8&n.f)&&Dn(n))try{n.
c()}catch(s){t||(e=s,t=!0)}n=r}}if(at=0,te--,t)throw e}}function Ht(e){if(te>0)return e();Dt=++ko,te++;try{return e()}finally{ct()}}var Fe,A=void 0;function He(e){
var t=A,n=Fe;A=void 0,Fe=void 0;try{return e()}finally{A=t,Fe=n}}var De=void 0,te=0,at=0,ko=0,Dt=0,lt=void 0,ut=0;function Fn(e){if(A!==void 0){var t=e.n;if(t===
void 0||t.t!==A)return t={i:0,S:e,p:A.s,n:void 0,t:A,e:void 0,x:void 0,r:t},A.s!==void 0&&(A.s.n=t),A.s=t,e.n=t,32&A.f&&e.S(t),t;if(t.i===-1)return t.i=0,t.n!==
void 0&&(t.n.p=t.p,t.p!==void 0&&(t.p.n=t.n),t.p=A.s,t.n=void 0,A.s.n=t,A.s=t),t}}function L(e,t){this.v=e,this.i=0,this.n=void 0,this.t=void 0,this.l=0,this.W=
t?.watched,this.Z=t?.unwatched,this.name=t?.name}L.prototype.brand=$o;L.prototype.h=function(){return!0};L.prototype.S=function(e){var t=this,n=this.t;n!==e&&e.
e===void 0&&(e.x=n,this.t=e,n!==void 0?n.e=e:He(function(){var r;(r=t.W)==null||r.call(t)}))};L.prototype.U=function(e){var t=this;if(this.t!==void 0){var n=e.e,
r=e.x;n!==void 0&&(n.x=r,e.e=void 0),r!==void 0&&(r.e=n,e.x=void 0),e===this.t&&(this.t=r,r===void 0&&He(function(){var s;(s=t.Z)==null||s.call(t)}))}};L.prototype.
subscribe=function(e){var t=this;return Q(function(){var n=t.value;He(function(){return e(n)})},{name:"sub"})};L.prototype.valueOf=function(){return this.value};
L.prototype.toString=function(){return this.value+""};L.prototype.toJSON=function(){return this.value};L.prototype.peek=function(){var e=this;return He(function(){
return e.value})};Object.defineProperty(L.prototype,"value",{get:function(){var e=Fn(this);return e!==void 0&&(e.i=this.i),this.v},set:function(e){if(e!==this.v){
if(at>100)throw new Error("Cycle detected");(function(n){te!==0&&at===0&&n.l!==Dt&&(n.l=Dt,lt={S:n,v:n.v,i:n.i,o:lt})})(this),this.v=e,this.i++,ut++,te++;try{for(var t=this.
t;t!==void 0;t=t.x)t.t.N()}finally{ct()}}}});function b(e,t){return new L(e,t)}function Dn(e){for(var t=e.s;t!==void 0;t=t.n)if(t.S.i!==t.i||!t.S.h()||t.S.i!==t.
i)return!0;return!1}function Hn(e){for(var t=e.s;t!==void 0;t=t.n){var n=t.S.n;if(n!==void 0&&(t.r=n),t.S.n=t,t.i=-1,t.n===void 0){e.s=t;break}}}function Bn(e){
for(var t=e.s,n=void 0;t!==void 0;){var r=t.p;t.i===-1?(t.S.U(t),r!==void 0&&(r.n=t.n),t.n!==void 0&&(t.n.p=r)):n=t,t.S.n=t.r,t.r!==void 0&&(t.r=void 0),t=r}e.s=
n}function pe(e,t){L.call(this,void 0,t),this.x=e,this.s=void 0,this.g=ut-1,this.f=4}pe.prototype=new L;pe.prototype.h=function(){if(this.f&=-3,1&this.f)return!1;
if((36&this.f)==32||(this.f&=-5,this.g===ut))return!0;if(this.g=ut,this.f|=1,this.i>0&&!Dn(this))return this.f&=-2,!0;var e=A;try{Hn(this),A=this;var t=this.x();
(16&this.f||this.v!==t||this.i===0)&&(this.v=t,this.f&=-17,this.i++)}catch(n){this.v=n,this.f|=16,this.i++}return A=e,Bn(this),this.f&=-2,!0};pe.prototype.S=function(e){
if(this.t===void 0){this.f|=36;for(var t=this.s;t!==void 0;t=t.n)t.S.S(t)}L.prototype.S.call(this,e)};pe.prototype.U=function(e){if(this.t!==void 0&&(L.prototype.
U.call(this,e),this.t===void 0)){this.f&=-33;for(var t=this.s;t!==void 0;t=t.n)t.S.U(t)}};pe.prototype.N=function(){if(!(2&this.f)){this.f|=6;for(var e=this.t;e!==
void 0;e=e.x)e.t.N()}};Object.defineProperty(pe.prototype,"value",{get:function(){if(1&this.f)throw new Error("Cycle detected");var e=Fn(this);if(this.h(),e!==void 0&&
(e.i=this.i),16&this.f)throw this.v;return this.v}});function Z(e,t){return new pe(e,t)}function qn(e){var t=e.j;if(e.j=void 0,typeof t=="function"){te++;var n=A;
A=void 0;try{t()}catch(r){throw e.f&=-2,e.f|=8,Bt(e),r}finally{A=n,ct()}}}function Bt(e){for(var t=e.s;t!==void 0;t=t.n)t.S.U(t);e.x=void 0,e.s=void 0,qn(e)}function Mo(e){
if(A!==this)throw new Error("Out-of-order effect");Bn(this),A=e,this.f&=-2;try{8&this.f&&Bt(this)}finally{ct()}}function $e(e,t){this.x=e,this.j=void 0,this.s=void 0,
this.u=void 0,this.f=32,this.name=t?.name,Fe&&Fe.push(this)}$e.prototype.c=function(){var e=this.S();try{if(8&this.f||this.x===void 0)return;var t=this.x();typeof t==
"function"&&(this.j=t)}finally{e()}};$e.prototype.S=function(){if(1&this.f)throw new Error("Cycle detected");this.f|=1,this.f&=-9,qn(this),Hn(this),te++;var e=A;
return A=this,Mo.bind(this,e)};$e.prototype.N=function(){2&this.f||(this.f|=2,this.u=De,De=this)};$e.prototype.d=function(){this.f|=8,1&this.f||Bt(this)};$e.prototype.
dispose=function(){this.d()};function Q(e,t){var n=new $e(e,t);try{n.c()}catch(s){throw n.d(),s}var r=n.d.bind(n);return r[Symbol.dispose]=r,r}var Kn,pt,ft,Eo=typeof window<"u"&&!!window.__PREACT_SIGNALS_DEVTOOLS__;var Gn=[];Q(function(){Kn=this.N})();function ke(e,t){k[e]=t.bind(null,k[e]||function(){})}function Be(e){if(ft){var t=ft;ft=void 0,t()}ft=e&&e.S()}function jn(e){
var t=this,n=e.data,r=Co(n);r.name="ReactiveDom",r.value=n;var s=xe(function(){for(var a=t,f=t.__v;f=f.__;)if(f.__c){f.__c.__$f|=4;break}var m=Z(function(){var c=r.
value.value;return c===0?0:c===!0?"":c||""}),u=Z(function(){return!Array.isArray(m.value)&&!Mt(m.value)}),g=Q(function(){if(this.N=Vn,u.value){var c=m.value;a.__v&&
a.__v.__e&&a.__v.__e.nodeType===3&&(a.__v.__e.data=c)}}),d=t.__$u.d;return t.__$u.d=function(){g(),d.call(this)},[u,m]},[]),o=s[0],i=s[1];return o.value?i.peek():
i.value}jn.displayName="ReactiveTextNode";Object.defineProperties(L.prototype,{constructor:{configurable:!0,value:bn(E,null).constructor},type:{configurable:!0,
value:jn},props:{configurable:!0,get:function(){var e=this;return{data:{get value(){return e.value}}}}},__b:{configurable:!0,value:1}});ke("__b",function(e,t){if(Be(),
pt=void 0,typeof t.type=="string"){var n,r=t.props;for(var s in r)if(s!=="children"){var o=r[s];o instanceof L&&(n||(t.__np=n={}),n[s]=o,r[s]=o.peek())}}e(t)});
ke("__r",function(e,t){if(e(t),t.type!==E){Be();var n,r=t.__c;r&&(r.__$f&=-2,(n=r.__$u)===void 0&&(r.__$u=n=(function(s,o){var i;return Q(function(){i=this},{name:o}),
i.c=s,i})((function(s){return function(){var o;Eo&&((o=this.y)==null||o.call(this)),s.__$f|=1,s.setState({})}})(r),typeof t.type=="function"?t.type.displayName||
t.type.name:""))),pt=r,Be(n)}});ke("__e",function(e,t,n,r){Be(),pt=void 0,e(t,n,r)});ke("diffed",function(e,t){Be(),pt=void 0;var n;if(typeof t.type=="string"&&
(n=t.__e)){var r=t.__np,s=t.props,o=n.U;if(o)for(var i in o){var a=o[i];a===void 0||r&&i in r||(a.d(),o[i]=void 0)}if(r){o||(o={},n.U=o);for(var f in r){var m=o[f],
u=r[f];m===void 0?(m=Ao(n,f,u,s),o[f]=m):m.o(u,s)}}}e(t)});function Ao(e,t,n,r){var s=t in e&&e.ownerSVGElement===void 0,o=b(n);return{o:function(i,a){o.value=i,
r=a},d:Q(function(){this.N=Vn;var i=o.value.value;r[t]!==i&&(r[t]=i,s?e[t]=i:i!=null&&(i!==!1||t[4]==="-")?e.setAttribute(t,i):e.removeAttribute(t))})}}ke("unmo\
unt",function(e,t){if(typeof t.type=="string"){var n=t.__e;if(n){var r=n.U;if(r){n.U=void 0;for(var s in r){var o=r[s];o&&o.d()}}}var i=t.__np;if(i){var a=t.props;
for(var f in i)a[f]=i[f]}t.__np=void 0}else{var m=t.__c;if(m){m.__$f|=8;var u=m.__$u;u&&(m.__$u=void 0,u.d())}}e(t)});ke("__h",function(e,t,n,r){r<3&&(t.__$f|=2),
e(t,n,r)});Se.prototype.shouldComponentUpdate=function(e,t){if(this.__R)return!0;var n=this.__$u,r=n&&n.s!==void 0;for(var s in t)return!0;if(this.__f||typeof this.
u=="boolean"&&this.u===!0){var o=2&this.__$f;if(!(r||o||4&this.__$f)||1&this.__$f)return!0}else if(!(r||4&this.__$f)||3&this.__$f)return!0;for(var i in e)if(i!==
"__source"&&e[i]!==this.props[i])return!0;for(var a in this.props)if(!(a in e))return!0;return!1};function Co(e,t){return xe(function(){return b(e,t)},[])}var Ro=function(e){queueMicrotask(function(){queueMicrotask(e)})};function Oo(){Ht(function(){for(var e;e=Gn.shift();)Kn.call(e)})}function Vn(){Gn.push(this)===1&&(k.requestAnimationFrame||Ro)(Oo)}function $(){return{read:e=>e??"",write:e=>e||null}}function q(e,t){return{read:n=>e.includes(n)?n:t,write:n=>n===t?null:n}}function Me(){return{read:e=>e==="1",
write:e=>e?"1":null}}function zn(e,t){let n=new URLSearchParams(t),r={};for(let[s,o]of Object.entries(e))r[s]=o.read(n.get(s));return r}function Wn(e,t){let n=[];
for(let[r,s]of Object.entries(e)){let o=t[r],i=o===void 0?null:s.write(o);i!==null&&n.push(`${r}=${Ee(i)}`)}return n.length===0?"":`?${n.join("&")}`}function Ee(e){
return encodeURIComponent(e).replace(/%(20|2F|3A|2C|3D|40)/g,t=>t==="%20"?"+":decodeURIComponent(t))}var Po="/api/nines/v1",F=0,qe=b(0);function X(e,t={}){let n=Object.entries(t).flatMap(([r,s])=>s===void 0||s===""?[]:[`${r}=${Ee(String(s))}`]);return Po+e+(n.length===
0?"":`?${n.join("&")}`)}var J=class extends Error{constructor(n,r){super(n.detail??n.title);this.problem=n;this.url=r}problem;url};async function Y(e,t,n,r){let s;
try{s=await fetch(`${e}${e.includes("?")?"&":"?"}lang=${t}`,{signal:n,headers:{accept:"application/json",...r===void 0?{}:{"content-type":"application/json"}},...r===
void 0?{}:{method:"POST",body:r}})}catch(a){throw n?.aborted?a:(qe.value||=Date.now(),new J({title:"unreachable",status:F},e))}qe.value=0;let o=await s.json().catch(
()=>null);if(s.ok&&o!==null)return o;let i=typeof o=="object"&&o!==null?o:{};throw new J({...i,title:i.title??(s.statusText||String(s.status)),status:s.status},
e)}function qt(e,t){if(e<t)return e;let n=Math.floor(Math.log2(e))-Math.log2(t);return(n+1)*t+Math.floor(e/2**n)-t}function No(e,t){if(e<t)return{fromUs:e,toUs:e};
let n=2**(Math.floor(e/t)-1),r=(e%t+t)*n;return{fromUs:r,toUs:r+n-1}}function Jn(e,t,n=[]){let{fromMs:r,toMs:s,stepMs:o,parts:i}=e,a=Math.floor(r/o)*o,f=Math.min(
4e3,Math.max(1,Math.floor((s-a)/o)+1)),m=t.flatMap(({bucket:h})=>h?[qt(h.fromUs,i)]:[]);for(let h of n)m.push(qt(h,i));let u=m.reduce((h,x)=>Math.min(h,x),1/0),
g=m.reduce((h,x)=>Math.max(h,x),-1/0),d=m.length===0?[]:Array.from({length:g-u+1},(h,x)=>No(u+x,i)),c={fromMs:r,toMs:s,stepMs:o,columns:f,rows:d,spans:new Float64Array(
f*d.length),errors:new Float64Array(f*d.length),allSpans:new Float64Array(f),allErrors:new Float64Array(f)};for(let{atMs:h,bucket:x,spans:y,errors:M}of t){let p=Math.
round((h-a)/o);if(p<0||p>=f||(c.allSpans[p]+=y,c.allErrors[p]+=M,!x))continue;let _=p*d.length+qt(x.fromUs,i)-u;c.spans[_]+=y,c.errors[_]+=M}return c}var Gt=(e,t)=>Math.
floor(e.fromMs/e.stepMs)*e.stepMs+t*e.stepMs;function Oi(e,t){if(!t||e.rows.length===0)return null;let n=Gt(e,0),r=Math.max(0,Math.floor((t.fromMs-n)/e.stepMs)),
s=Math.min(e.columns-1,Math.ceil((t.toMs-n)/e.stepMs)-1),o=e.rows.findIndex(a=>a.toUs>=t.fromUs),i=e.rows.findLastIndex(a=>a.fromUs<=t.toUs);return r>s||o<0||i<
o?null:{c0:r,c1:s,r0:o,r1:i}}function Pi(e,{c0:t,c1:n,r0:r,r1:s}){return{fromMs:Math.max(e.fromMs,Gt(e,t)),toMs:Math.min(e.toMs,Gt(e,n+1)),fromUs:e.rows[r].fromUs,
toUs:e.rows[s].toUs}}function Ni(e,t){let n={spans:0,errors:0};if(!t)return n;for(let r=t.c0;r<=t.c1;r++)for(let s=t.r0;s<=t.r1;s++)n.spans+=e.spans[r*e.rows.length+
s],n.errors+=e.errors[r*e.rows.length+s];return n}var Li=e=>({c0:0,c1:e.columns-1,r0:0,r1:e.rows.length-1});function Ui(e,t,n){let r=e.rows.length,s=e.spans.subarray(
t*r,t*r+r),o=Math.max(1,Math.ceil(n*s.reduce((a,f)=>a+f,0))),i=0;for(let a=0;a<r;a++)if(i+=s[a],i>=o)return e.rows[a].toUs;return null}function Zn(e){let[t,n,r,
s,...o]=e.split(",").map(a=>/^\d{1,16}$/.test(a)?Number(a):NaN);return o.length===0&&t<n&&r<=s?{fromMs:t,toMs:n,fromUs:r,toUs:s}:null}var Ii=e=>e?[e.fromMs,e.toMs,
e.fromUs,e.toUs].join(","):"",me=1e3,de=60*me,se=60*de,Kt=[me,2*me,5*me,10*me,15*me,30*me,de,2*de,5*de,10*de,15*de,30*de,se,2*se,3*se,6*se,12*se,24*se,48*se,168*
se];function Fi(e,t,n,r){let s=Kt.find(i=>(t-e)/i<=n)??Kt[Kt.length-1],o=[];for(let i=Math.ceil((e+r)/s)*s-r;i<=t;i+=s)o.push(i);return{stepMs:s,at:o}}function Di(e,t,n){
let r=[];for(let i=1;i<=t;i*=10)r.push(i);let s=i=>i.filter(a=>a>=e&&a<=t),o=s(r);if(o.length>=3){let i=Math.ceil(o.length/Math.max(1,n));return o.filter((a,f)=>(o.
length-1-f)%i===0)}return s(r.flatMap(i=>[i,2*i,5*i])).slice(-n)}var jt="nines.";function he(e){try{return localStorage.getItem(jt+e)}catch{return null}}function ge(e,t){try{t===null?localStorage.removeItem(jt+e):localStorage.
setItem(jt+e,t)}catch{}}var Lo={s:"second",m:"minute",h:"hour",d:"day",w:"week"},er=[["day",864e8],["hour",36e8],["minute",6e7],["second",1e6]];function Qn(e){for(let t=0;t<4;t++)if(Math.
abs(e-Number(e.toFixed(t)))<1e-9)return t;return 4}function mt(e){let t=e>=100?0:e>=10?1:2;return String(Number(e.toFixed(t)))}function tr(e){let t=/^(\d+)(us|ms|s|m|h|d|w)$/.
exec(e);if(!t)return null;let n={us:1,ms:1e3,s:1e6,m:6e7,h:36e8,d:864e8,w:7*864e8}[t[2]];return Number(t[1])*(n??0)}function Xn(e){for(let[t,n]of er)if(e>=n)return[
Math.round(e/n),t];return[Math.round(e/1e6),"second"]}var Yn=["B","kB","MB","GB","TB"];function Uo(e){let t=0;for(;e>=999.5&&t<Yn.length-1;)e/=1e3,t++;return`${t===
0?Math.round(e):mt(e)} ${Yn[t]}`}function nr(e,t="local"){let n=t==="utc"?"UTC":void 0,r=p=>t==="utc"?0:-new Date(p).getTimezoneOffset()*6e4,s=p=>Math.floor((p+
r(p))/864e5),o=e==="ko"?"ko-KR":"en-GB",i=new Intl.NumberFormat(o,{maximumFractionDigits:0}),a=new Intl.RelativeTimeFormat(o,{numeric:"always",style:e==="ko"?"l\
ong":"short"}),f=new Intl.DateTimeFormat(o,{timeZone:n,hour:"2-digit",minute:"2-digit",second:"2-digit",hourCycle:"h23"}),m=new Intl.DateTimeFormat(o,{timeZone:n,
month:"short",day:"numeric",hour:"2-digit",minute:"2-digit",hourCycle:"h23"}),u=new Intl.DateTimeFormat(o,{timeZone:n,hour:"2-digit",minute:"2-digit",hourCycle:"\
h23"}),g=new Intl.DateTimeFormat(o,{timeZone:n,month:"short",day:"numeric"}),d=new Intl.DateTimeFormat(o,{timeZone:n,year:"numeric",month:"short",day:"numeric",
hour:"2-digit",minute:"2-digit",second:"2-digit",fractionalSecondDigits:3,hourCycle:"h23",timeZoneName:"short"}),c=new Intl.ListFormat(o,{style:"short",type:"co\
njunction"}),h=new Map;function x(p,_,S){let U=_+S,I=h.get(U);return I||(I=new Intl.NumberFormat(o,{style:"unit",unit:_,unitDisplay:S}),h.set(U,I)),I.format(p)}
function y(p,_,S){let U=`%${_}${S}`,I=h.get(U);return I||(I=new Intl.NumberFormat(o,{style:"percent",minimumFractionDigits:_,maximumFractionDigits:_,roundingMode:S?
"floor":"halfExpand"}),h.set(U,I)),I.format(p).replace("-","−").replace(/^−0(\.0+)?%$/,"0%")}function M(p){if(p<=0)return"0 ms";if(p<1e3)return`${Math.round(
p)} µs`;if(p<999500)return`${mt(p/1e3)} ms`;if(p<6e7)return`${mt(p/1e6)} s`;let[_,S]=p<36e8?["minute","second"]:p<864e8?["hour","minute"]:["day","hour"],U=Object.
fromEntries(er),I=Math.floor(p/U[_]),ee=Math.floor((p-I*U[_])/U[S]),G=x(I,_,"narrow");return ee===0?G:`${G} ${x(ee,S,"narrow")}`}return{count:p=>i.format(p),duration:M,
offset:p=>(p<0?"−":"+")+M(Math.abs(p)),length:p=>x(...Xn(p),"long"),window(p){let _=/^(\d+)([smhdw])$/.exec(p);return _?x(Number(_[1]),Lo[_[2]],"long"):p},target:p=>y(
p,Qn(p*100),!1),sli(p,_){return p===null?"–":p===1?"100%":y(p,Math.max(2,Qn(_*100)),!0)},budget(p){if(p===null)return"–";let _=Math.abs(p);return y(p,_>0&&_<
.01?1:0,!1)},share:p=>y(p,p>0&&p<.1?1:0,!1),burn(p){return p===null?"–":`${p>=100?i.format(p):p.toFixed(1)}×`},time(p,_){return(s(p)===s(_)?f:m).format(p)},tick(p,_){
let S=(p+r(p))%864e5<6e4;return _>=24*36e5||S&&_>=36e5?g.format(p):(_>=6e4?u:f).format(p)},instant:p=>d.format(p),relative(p,_){let[S,U]=Xn(Math.abs(p-_)*1e3);return a.
format(p<=_?-S:S,U)},list:p=>c.format(p),bytes:Uo,rate:p=>`${p>=1e3?i.format(p):p>0&&p<.01?"<0.01":mt(p)}/s`,offsetMs:r}}function Io(){let e={lang:"",version:"",path:"",data:{}};if(typeof document>"u")return e;let t=document.getElementById("boot")?.textContent??"";try{return{...e,
lang:document.documentElement.lang,...JSON.parse(t)}}catch{return{...e,lang:document.documentElement.lang}}}var Ae=Io();var T=(e,t,n)=>e===1?t:n;var rr={alerts:{title:"Alerts",table:"Alerts and their state",states:{active:"Active",firing:"Firing",pending:"Pending",frozen:"Frozen",all:"All",inactive:"Inac\
tive"},find:"Find by SLO, service or severity",state:"State",alert:"Alert",since:"Since",burn:"Burn",burnText:(e,t,n)=>`${e} over ${t}, limit ${n}`,care:"Who ta\
kes care",acknowledge:"Acknowledge",acknowledged:(e,t)=>`${e}, ${t}`,nobody:"somebody",yourName:"Your name",ackText:e=>`${e}: whoever is told of it is not told \
again until it ends.`,ackFailed:e=>`Not acknowledged: ${e}`,cancel:"Cancel",silenced:(e,t)=>`silenced by ${e} until ${t}`,told:e=>`told: ${e}`,frozen:{stale:"co\
unting lags behind",coverage:"too little was measured",empty:"no events any more"},traces:"Traces",tracesOf:e=>`Failing traces of ${e}`,quiet:"Nothing fires",quietText:"\
No alert is pending, firing or frozen.",nothing:"No alert matches.",showAll:"Show all",history:"History",noHistory:"No alert has changed yet.",more:"Older",who:"\
Who is told",nobodyTold:"Nobody: no target is configured. Alerts are on this page, in `nines alert list` and at the gate only.",target:"Target",kind:"Type",waiting:"\
Waiting",givenUp:"Given up",silences:"Silences",delivers:"Delivers",failing:"Fails",failingText:(e,t,n)=>`since ${e}, ${t} ${T(t,"try","tries")}: ${n}`}};var or={definitions:{title:"Definitions",refused:e=>`Definitions refused: ${e} ${T(e,"fault","faults")}. The last good set is in force.`,inForceSince:e=>`in for\
ce since ${e}`,show:"Show faults",generation:"Generation",generationHint:"How many different sets were in force here",loaded:"In force since",objects:"Objects",
files:"Files",nFiles:e=>`${e} ${T(e,"file","files")}`,watched:e=>`Watched: ${e}`,builtIn:"Built into the program",faults:"Faults of the refused set",refusedAt:e=>`\
refused ${e}`,warnings:"Warnings of the set in force",sound:"Nothing is wrong with them.",error:"Fault",warning:"Warning",copyPlace:e=>`Copy ${e}`,inForce:"In f\
orce",find:"Find by kind, name or file",all:"All",kind:"Kind",name:"Name",place:"Place",nothing:"No object matches.",emptyTitle:"Nothing is defined",more:e=>`${e}\
 more: narrow the list by its filter.`}};var sr={map:{title:"Service map",focus:"Focus",everything:"Everything",hops:"Calls away",min:"Hide calls below",minOf:e=>e==="0"?"none":`${e}%`,view:"View",graph:"\
Graph",table:"Table",find:"Find service",folded:e=>`+${e} quiet ${T(e,"service","services")}`,unfold:"Show all",fold:"Only the busy",weak:e=>`${e} weak ${T(e,"l\
ine","lines")} hidden`,over:e=>`Rates are the mean over: ${e}`,label:(e,t)=>`Map of ${e} ${T(e,"service","services")} and ${t} ${T(t,"line","lines")}. The table\
 has the same.`,node:(e,t,n,r)=>`${e}, ${t}, ${n}, ${r} failing`,p95:e=>`p95 ${e}`,kinds:{service:"service",database:"database",queue:"queue",external:"external"},
alarming:"an alert fires",zoomIn:"Zoom in",zoomOut:"Zoom out",fit:"Whole map",walk:"Along calls, up and down",details:"Details",close:"Close details",focusHere:"\
Focus here",traces:"Traces of this service",through:"Traces through this line",throughEdge:(e,t)=>`Traces from ${e} to ${t}`,rate:"Calls",errors:"Failing",slow:"\
p95",slos:"SLOs",noSlos:"No SLO is about this service.",callers:"Called by",called:"Calls",lines:"Calls between services",services:"Services",from:"From",to:"To",
kind:"Kind",status:"Status",p50:"p50",p99:"p99",emptyTitle:"No calls between services in this time",emptyText:"The map is drawn from spans that call each other \
across services.",noFocus:e=>`${e} calls nobody in this time, and nobody calls it.`,legendWidth:"line width: calls a second, logarithmic",legendRed:"red core: s\
hare that failed",legendSparse:"names appear as you zoom in (Ctrl and wheel) or point"}};var ir={settings:{title:"Settings",appearance:"Appearance",thisBrowser:"Kept in this browser",density:"Rows",comfortable:"Comfortable",dense:"Dense",zone:"Times",
local:e=>`Local (${e})`,utc:"UTC",server:"Server",version:"Version",commit:"Commit",started:"Started",listen:"Addresses",storage:"Storage",dataDir:"Data directo\
ry",definitions:"Definitions",memory:"Memory",memoryOf:(e,t)=>`${e} of ${t}`,cpu:"Processor time",threads:"Threads, open files",held:"What is stored",spans:"Spa\
ns",inMemory:e=>`${e} in memory`,onDisk:"Blocks",inbox:"Inbox",history:"Histograms",perSpan:"a span",retention:"Retention",keeps:e=>`Spans are kept for ${e}`,keepsBytes:(e,t)=>`\
Spans are kept for ${e} and up to ${t}`,keepsAll:"Nothing is removed here.",next:e=>`The oldest block goes ${e}.`,byDay:"By day of arrival",day:"Day",bytes:"Byt\
es",bySection:"By part of a block",part:"Part",byColumn:"By column",byColumnHint:"Looks at every block.",measure:"Measure",column:"Column",limits:"Limits in for\
ce",limit:"Limit",value:"At most",limitOf:{body_bytes_max:"a message on the wire",inflated_bytes_max:"a message when inflated",in_flight_bytes_max:"messages bei\
ng taken at once",connections_max:"open connections",services_max:"services listed",names_per_service_max:"names of a service",groups_held_max:"groups of an agg\
regate",filter_chars_max:"characters of a filter",terms_max:"terms of a filter"},keys:"Keyboard"}};var ar=e=>e==="0"?"":`, ${e} failed`,lr={chart:{heatmap:"heat-map",hint:"Drag a box to select.",hintZoom:"Drag a box to select. Drag over the columns to zoom in\
.",keys:"Arrow keys move between cells, with Shift they draw a box, Enter selects it, z zooms in, Escape clears it.",cell:(e,t,n,r,s,o,i)=>`${e} – ${t} · ${n}\
 – ${r} · ${o} ${T(s,"span","spans")}${ar(i)}`,column:(e,t,n,r,s)=>`${e} – ${t} · ${r} ${T(n,"span","spans")}${ar(s)}`,dot:(e,t,n)=>`${e} · ${t}${n?" · f\
ailed":""}`,asTable:"View as table",asChart:"View as chart",time:"From",spans:"Spans",errors:"Errors",median:"Median",p99:"99th percentile"}};var ur={state:{loading:"Loading…",page:"The page",failed:e=>`${e} could not be loaded`,unreachable:"The server does not answer. The page tries again by itself\
.",lost:e=>`The server has not answered since ${e}. What is shown is from before; the page tries again by itself.`,partial:e=>`This is not all of it: ${e}`,retry:"\
Try again",diagnostic:"Copy diagnostic",stale:e=>`As of ${e}`,notFoundTitle:"There is no such page",notFoundText:e=>`Nothing lives at ${e}.`,notFoundGo:"Go to t\
he overview"},status:{missed:"Missing the target",low:"Budget below a quarter",held:"Releases held",burning:"Burning fast",spent:"Budget spent",risk:"At risk",healthy:"\
Healthy",none:"No data",all:"All"}};var cr={compare:{title:"Compare two traces",mark:"Mark for comparison",unmark:"Take the mark off",marked:"Marked. Mark another trace to compare the two.",unmarked:"\
The mark is off.",withMarked:"Compare with the marked trace",otherId:"Id of the other trace",go:"Compare",badId:"A trace id is 16 or 32 characters from 0-9 and \
a-f.",heading:(e,t)=>`${e} and ${t}`,traceA:"Trace A",traceB:"Trace B",swap:"Swap A and B",open:e=>`Open ${e}`,difference:"Difference",all:"All spans",differing:"\
Differences",show:"Spans shown",tree:"Spans of both traces",span:"Service and operation",onlyA:"only in A",onlyB:"only in B",onlyATitle:"Only in A",onlyBTitle:"\
Only in B",moreCalls:"Far more calls",selfTime:"Self time that differs most",nothing:"none",calls:(e,t)=>`${e} → ${t} calls`,times:e=>`${e} times`,same:"no ch\
ange",slower:e=>`${e} slower`,faster:e=>`${e} faster`,tags:"Tags that differ",tagsSame:"All tags are the same.",selectHint:"Select a row to compare its tags.",nothingDiffers:"\
Nothing differs by more than one hundredth of the trace.",missing:e=>`Trace ${e} is not here`,nextDifference:"Next, previous difference"}};var fr={overview:{title:"Overview",numbers:"At a glance",meeting:"SLOs meeting target",meetingOf:(e,t)=>`${e} / ${t}`,unmeasured:e=>`${e} without data`,worst:"L\
owest budget",burning:"Burning now",burningNone:"none pages",gate:"Release gate",gateHeld:(e,t)=>`${e} of ${t} services held`,gateFree:e=>`all ${e} services may\
 release`,stories:"User stories",storiesNone:"No user story is defined.",storiesAll:"All of each story",storyOwner:e=>`owned by ${e}`,changed:"What changed",changes:"\
The changes",changedNone:"Nothing yet. Deploys, gate decisions and loaded definitions appear here.",emptyTitle:"No SLO is loaded",emptyText:"An SLO says which r\
equests count and how many of them must be good. Put OpenSLO files into a directory, check them, and start the server with it.",emptySince:e=>`Watched for defin\
itions: ${e}`,filtered:(e,t)=>`${e} of ${t} SLOs`,clear:"Show all",story:e=>`Story: ${e}`,storyBudget:e=>`${e} budget left`,storyTraces:e=>`${e} of traces good`,
storyTracesLink:"Traces of this story",chain:e=>`Steps of ${e}`,suggested:"Suggested from what was received",achieved:(e,t,n,r)=>`${e} of ${t} requests in ${n}:\
 promise ${r}`,copyYaml:"Copy definition",stepsTitle:(e,t)=>`First steps: ${e} of ${t}`,stepsDismiss:"Dismiss",steps:{span:"First span",slo:"First SLO",alert:"A\
lert channel",policy:"Policy",deploy:"Deploy marks"},stepsHow:{span:"How to send one",slo:"Suggested SLOs"},stepDone:"done",stepOpen:"open"}};var pr={nav:{label:"Pages",overview:"Overview",slos:"SLOs",stories:"User stories",traces:"Traces",map:"Service map",alerts:"Alerts",definitions:"Definitions",settings:"\
Settings",skip:"Skip to content"},shell:{jump:"Search or jump to…",appearance:"Theme and language",theme:"Theme",system:"System",light:"Light",dark:"Dark",language:"\
Language",help:"Keyboard shortcuts",share:"Share",close:"Close",live:"Live",livePaused:"Paused",liveWaiting:"Reconnecting",livePolling:"Every 10 s",liveHint:"Th\
e page follows the server while it is visible.",copied:e=>`Copied: ${e}`,copyFailed:"The browser did not allow copying.",copy:"Copy",version:e=>`nines ${e}`,title:e=>`${e}\
 · nines`},palette:{label:"Search or jump",placeholder:"Page, SLO, service, operation or trace id; with a time: checkout 14:02",none:"Nothing by that name.",page:"\
Page",slo:"SLO",service:"traces of this service",operation:"traces of this operation",around:e=>`traces around ${e}, slowest first`,trace:"Open trace",action:"A\
ction",copyLink:"Copy link to this page",copyPinned:"Copy link to this moment",copyCommand:"Copy as command",useTheme:e=>`Theme: ${e}`,useLanguage:e=>`Language:\
 ${e}`,results:e=>`${e} ${T(e,"result","results")}`},keys:{groupGlobal:"Everywhere",groupList:"Lists",groupTrace:"Trace",groupSlo:"An SLO",acknowledge:"Acknowle\
dge the alert",nextMarker:"Next mark on the line",previousMarker:"Previous mark",palette:"Search or jump",filter:"Go to the filter",help:"This sheet",goOverview:"\
Go to Overview",goSlos:"Go to SLOs",goStories:"Go to User stories",goTraces:"Go to Traces",goMap:"Go to Service map",goAlerts:"Go to Alerts",goDefinitions:"Go t\
o Definitions",goSettings:"Go to Settings",copyLink:"Copy link",copyCommand:"Copy as command",next:"Next row",previous:"Previous row",open:"Open",openTab:"Open \
in a new tab",collapse:"Collapse, expand",collapseAll:"Collapse all, expand all",level:"One level for all",zoom:"Zoom in, out",pan:"Move left, right",fit:"Fit t\
he selected span",reset:"Whole trace",critical:"Critical path",error:"Next, previous error",match:"Next, previous match",singleKeys:"Use single-key shortcuts",foldLike:"\
Fold calls like this one",foldAll:"Fold all repeated calls",root:"Only this subtree, whole trace",view:"Timeline, flame, table, map, JSON"}};var mr={slo:{title:"SLOs",table:"Service level objectives",name:"SLO",story:"Story",service:"Service",target:"Target",now:"Now",budget:"Budget left",burn:"Burn \
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
 events`,amended:(e,t,n)=>`Amended from ${e}: ${t} good+bad before, ${n} now`,definedIn:"Defined in",unknown:e=>`No SLO is called ${e}.`,toAll:"All SLOs"}};var dr={stories:{title:"User stories",find:"Find story, owner or SLO",none:"No user story is defined",noneText:"A story is what a user does in several steps, an\
d the SLOs that have to hold for it. Put one into a file of the definitions:",nothing:"No story fits these words",target:e=>`target ${e}`,counted:(e,t)=>`${e} o\
f ${t} traces bad`,joins:{trace:"judged by whole traces",weighted:"weighted mean of its SLOs",worst:"as good as its worst SLO"}}};var hr={trace:{title:"Trace",spanCount:(e,t)=>`${t} ${T(e,"span","spans")}`,serviceCount:e=>`${e} ${T(e,"service","services")}`,errorCount:(e,t)=>`${t} ${T(e,"e\
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
rom a text. It is not stored here.",subtree:(e,t,n)=>`Only ${e} and what it called: ${t} of ${n} rows.`},span:{title:"Span",close:"Close the details",selfTime:"\
Self time",kind:"Kind",start:"Start",duration:"Duration",notKnown:"not known",id:"Span id",parent:"Parent",root:"none, it is the root",local:"Service",remote:"O\
ther side",shared:"Shared between client and server",debug:"Debug",tags:"Tags",tagsNone:"No tags.",annotationsNone:"No events or annotations.",resource:"Resourc\
e",links:"Links",halves:"Reported by",status:"Status",summary:"Where the time went",summaryHint:"Self time: what a span did not spend waiting for its children.",
share:"Share",logs:"Logs",similar:"Similar",similarNone:"No other trace within half an hour has a span like this.",similarAll:"All of them",similarNotStored:"A \
trace that is not stored has nothing to be compared with.",linksNone:"No links.",onlyThis:"Only this subtree",ofTrace:"Of the trace",itself:"itself",rank:e=>`p${e}\
 of this operation`,rankHint:(e,t)=>`Slower than ${e} of ${t} calls within half an hour`,include:e=>`Traces with ${e}`,exclude:e=>`Traces without ${e}`,findHere:e=>`\
Find ${e} in this trace`,copyValue:e=>`Copy the value of ${e}`,byService:"Service",byOperation:"Operation"}};var gr={traces:{title:"Traces",live:"Live",liveHint:"Look again every few seconds while spans arrive",views:"Views of what was found",tabs:{results:"Results",compare:"\
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
ting for a span…",demo:"Or look around with data: nines demo"}};var Vt={...pr,...ur,...lr,...fr,...mr,...dr,...gr,...hr,...cr,...ir,...sr,...or,...rr};var Ra=["en","ko"],Oa={en:"English",ko:"한국어"},Fo="lang",Do=365*24*3600,_r={en:Vt};async function yr(e){e==="ko"&&(_r.ko??=(await import("./korean.js")).
ko)}var D=b("en"),Ho=Z(()=>_r[D.value]??Vt),vr=b(he("zone")==="utc"?"utc":"local"),Bo=Z(()=>nr(D.value,vr.value)),v=()=>Ho.value,H=()=>Bo.value;async function Pa(){
let e=Ae.lang==="ko"?"ko":"en";await yr(e).then(()=>D.value=e,()=>{})}function Na(e){vr.value=e,ge("zone",e==="local"?null:e)}async function La(e){await yr(e),document.
cookie=`${Fo}=${e};path=/;max-age=${Do};samesite=lax`,document.documentElement.lang=e,D.value=e}var qo=24,Ko=1e3,Go=3e3,zt=class{constructor(t){this.url=t;t in Ae.data&&(this.data.value=Ae.data[t],delete Ae.data[t],this.outdated.value=!1,this.fetchedAt=Date.
now())}url;data=b(void 0);problem=b(void 0);loading=b(!1);topic;readers=0;follows=!0;outdated=b(!0);request;timer;fetchedAt=0;fetch(){clearTimeout(this.timer),this.
timer=void 0,this.request?.abort();let t=new AbortController;this.request=t,this.outdated.value=!1,this.loading.value=!0,this.fetchedAt=Date.now(),Y(this.url,D.
peek(),t.signal).then(n=>{this.request===t&&(this.data.value=n,this.problem.value=void 0,this.loading.value=!1)},n=>{this.request!==t||t.signal.aborted||(this.loading.
value=!1,this.outdated.value=!0,this.problem.value=n instanceof J?n.problem:{title:String(n),status:F},this.problem.value.status===F&&this.fetchLater(Go))})}fetchLater(t=Math.
max(0,this.fetchedAt+Ko-Date.now())){this.outdated.value=!0,!(this.readers===0||document.hidden||this.timer!==void 0)&&(this.timer=setTimeout(()=>{this.timer=void 0,
this.readers>0&&!document.hidden&&this.fetch()},t))}enter(){this.readers++,this.outdated.peek()&&!this.loading.peek()&&this.fetch()}leave(){this.readers--,!(this.
readers>0)&&(clearTimeout(this.timer),this.timer=void 0,this.loading.peek()&&(this.request?.abort(),this.loading.value=!1,this.outdated.value=!0))}},_e=new Map;
function jo(e){let t=_e.get(e);if(t)_e.delete(e);else{t=new zt(e);let n=[..._e.values()].filter(r=>r.readers===0);for(let r of n.slice(0,Math.max(0,n.length-qo)))
_e.delete(r.url)}return _e.set(e,t),t}function br(e){for(let t of _e.values())t.topic===e&&(t.follows?t.fetchLater():t.outdated.value=!0)}function Ke(){for(let e of _e.
values())e.topic!==void 0&&e.follows&&e.fetchLater()}function dt(e,t={}){let n=xe(()=>e===null?null:jo(e),[e]),r=N(void 0);it(()=>{if(n)return t.topic&&(n.topic=
t.topic),n.follows=t.follow??!0,n.enter(),()=>n.leave()},[n]);let s=n?.data.value,o=n?.problem.value;return s!==void 0?r.current=s:t.keep||(r.current=void 0),{data:s??
(o&&o.status!==F?void 0:r.current),problem:o,old:s===void 0&&r.current!==void 0||s!==void 0&&o!==void 0,loading:n?.loading.value??!1,outdated:s!==void 0&&(n?.outdated.
value??!1),retry:()=>n?.fetch()}}var Vo=["slos","traces","timeline"],zo=1e4,Wo=1e3,Jo=3e4,Zo=3,Ge=b("waiting"),Qo=b(0),ie=b(Date.now()),je,ye=0,Wt,Jt;function Ve(){clearTimeout(Wt),je?.close();
let e=new EventSource(X("/events",{lang:D.peek()}));je=e,e.onopen=()=>{(ye>0||Ge.peek()==="paused")&&Ke(),ye=0,qe.value=0,Sr(),Ge.value="live"},e.onerror=()=>{je===
e&&(e.close(),ye===0&&Y(X("/about"),D.peek()).catch(()=>{}),ye++,ye>=Zo?Xo():Ge.value="waiting",Wt=setTimeout(Ve,Math.min(Jo,Wo*2**(ye-1))))};for(let t of Vo)e.
addEventListener(t,()=>{t==="traces"&&(Qo.value=Date.now()),br(t)})}function wr(){clearTimeout(Wt),Sr(),je?.close(),je=void 0,Ge.value="paused"}function Xo(){Ge.
value="polling",Jt??=setInterval(Ke,zo)}function Sr(){clearInterval(Jt),Jt=void 0}function za(){let e,t=()=>{clearInterval(e),document.hidden?wr():(ie.value=Date.
now(),e=setInterval(()=>ie.value=Date.now(),5e3),Ve())};document.addEventListener("visibilitychange",t),addEventListener("pagehide",wr),addEventListener("pagesh\
ow",r=>r.persisted&&t());let n=!0;Q(()=>{D.value,n?n=!1:document.hidden||(Ke(),Ve())}),Q(()=>{qe.value===0&&ye>0&&!document.hidden&&Ve()}),t()}function Wa(){Ve(),
Ke()}var Yo=3500,ze=b([]),es=0;function K(e){let t=++es;ze.value=[...ze.value.slice(-2),{id:t,text:e}],setTimeout(()=>ze.value=ze.value.filter(n=>n.id!==t),Yo)}function Qa(){
return l("div",{class:"toasts",role:"status","aria-live":"polite",children:ze.value.map(({id:e,text:t})=>l("div",{class:"toast",children:t},e))})}async function Ce(e){try{await navigator.clipboard.writeText(e),K(v().shell.copied(e))}catch{K(v().shell.copyFailed)}}var ts={house:["M15 21v-8a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v8","M3 10a2 2 0 0 1 .709-1.528l7-6a2 2 0 0 1 2.582 0l7 6A2 2 0 0 1 21 10v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-\
2z"],target:["M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20","M12 6a6 6 0 1 0 0 12 6 6 0 1 0 0-12","M12 10a2 2 0 1 0 0 4 2 2 0 1 0 0-4"],book:["M12 7v14","M3 18a1 1 0\
 0 1-1-1V4a1 1 0 0 1 1-1h5a4 4 0 0 1 4 4 4 4 0 0 1 4-4h5a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1h-6a3 3 0 0 0-3 3 3 3 0 0 0-3-3z"],traces:["M10 6h8","M12 16h6","M3 3v16a\
2 2 0 0 0 2 2h16","M8 11h7"],search:["m21 21-4.34-4.34","M11 3a8 8 0 1 0 0 16 8 8 0 1 0 0-16"],sun:["M12 8a4 4 0 1 0 0 8 4 4 0 1 0 0-8","M12 2v2","M12 20v2","m4\
.93 4.93 1.41 1.41","m17.66 17.66 1.41 1.41","M2 12h2","M20 12h2","m6.34 17.66-1.41 1.41","m19.07 4.93-1.41 1.41"],settings:["M14 17H5","M19 7h-9","M17 14a3 3 0\
 1 0 0 6 3 3 0 1 0 0-6","M7 4a3 3 0 1 0 0 6 3 3 0 1 0 0-6"],help:["M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20","M9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3","M12 17h.01"],
"chevron-down":["m6 9 6 6 6-6"],"chevron-up":["m18 15-6-6-6 6"],minus:["M5 12h14"],x:["M18 6 6 18","m6 6 12 12"],check:["M20 6 9 17l-5-5"],copy:["M10 8h10a2 2 0\
 0 1 2 2v10a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V10a2 2 0 0 1 2-2","M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2"],alert:["M12 2a10 10 0 1 0 0 20 10 10 0 1\
 0 0-20","M12 8v4","M12 16h.01"],warning:["m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3","M12 9v4","M12 17h.01"],rocket:["M12 15v5s3\
.03-.55 4-2c1.08-1.62 0-5 0-5","M4.5 16.5c-1.5 1.26-2 5-2 5s3.74-.5 5-2c.71-.84.7-2.13-.09-2.91a2.18 2.18 0 0 0-2.91-.09","M9 12a22 22 0 0 1 2-3.95A12.88 12.88 \
0 0 1 22 2c0 2.72-.78 7.5-6 11a22.4 22.4 0 0 1-4 2z","M9 12H4s.55-3.03 2-4c1.62-1.08 5 .05 5 .05"],refresh:["M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 2.74L21 8",
"M21 3v5h-5","M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16","M8 16H3v5"],clock:["M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20","M12 6v6l4 2"],"zoom-in":["M11 \
3a8 8 0 1 0 0 16 8 8 0 1 0 0-16","M21 21l-4.35-4.35","M11 8v6","M8 11h6"],"zoom-out":["M11 3a8 8 0 1 0 0 16 8 8 0 1 0 0-16","M21 21l-4.35-4.35","M8 11h6"],maximize:[
"M8 3H5a2 2 0 0 0-2 2v3","M21 8V5a2 2 0 0 0-2-2h-3","M3 16v3a2 2 0 0 0 2 2h3","M16 21h3a2 2 0 0 0 2-2v-3"],"dock-right":["M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2\
H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2","M15 3v18"],"dock-below":["M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2","M3 15h18"],collapse:["m7 2\
0 5-5 5 5","m7 4 5 5 5-5"],expand:["m7 15 5 5 5-5","m7 9 5-5 5 5"],file:["M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 \
1 20 8v12a2 2 0 0 1-2 2z","M14 2v5a1 1 0 0 0 1 1h5","M10 9H8","M16 13H8","M16 17H8"],power:["M12 2v10","M18.4 6.6a9 9 0 1 1-12.77.04"],activity:["M22 12h-2.48a2\
 2 0 0 0-1.93 1.46l-2.35 8.36a.25.25 0 0 1-.48 0L9.24 2.18a.25.25 0 0 0-.48 0l-2.35 8.36A2 2 0 0 1 4.49 12H2"],lock:["M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2\
 2 0 0 1-2-2v-7a2 2 0 0 1 2-2","M7 11V7a5 5 0 0 1 10 0v4"],map:["M9 2h6v6H9z","M2 16h6v6H2z","M16 16h6v6h-6z","M5 16v-3a1 1 0 0 1 1-1h12a1 1 0 0 1 1 1v3","M12 1\
2V8"],bell:["M10.268 21a2 2 0 0 0 3.464 0","M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499-1.411 5.956-2.\
738 7.326"],link:["M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71","M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71"],download:["M12 1\
5V3","M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4","m7 10 5 5 5-5"],fold:["M12 22v-6","M12 8V2","M4 12H2","M10 12H8","M16 12h-2","M22 12h-2","m15 19-3-3-3 3","m15\
 5-3 3-3-3"],more:["M5 12h.01","M12 12h.01","M19 12h.01"],swap:["m16 3 4 4-4 4","M20 7H4","m8 21-4-4 4-4","M4 17h16"],terminal:["M12 19h8","m4 17 6-6-6-6"]};function ve({
name:e}){return l("svg",{class:"icon",viewBox:"0 0 24 24","aria-hidden":"true",children:ts[e].map(t=>l("path",{d:t},t))})}var ns={ok:()=>l(E,{children:[l("circle",{cx:"6",cy:"6",r:"5",fill:"currentColor"}),l("path",{d:"M3.6 6.2l1.7 1.7 3.2-3.6",stroke:"var(--ok-tint)","stroke-width":"\
1.6",fill:"none"})]}),warn:()=>l("path",{d:"M6 .8l5.6 10H.4z",fill:"currentColor"}),crit:()=>l("path",{d:"M3.8.8h4.4l3 3v4.4l-3 3H3.8l-3-3V3.8z",fill:"currentCo\
lor"}),frozen:()=>l(E,{children:[l("rect",{x:"2",y:"5",width:"8",height:"6",rx:"1",fill:"currentColor"}),l("path",{d:"M4 5V3.5a2 2 0 014 0V5",stroke:"currentCol\
or",fill:"none","stroke-width":"1.5"})]}),info:()=>l("path",{d:"M2 6l4-4 4 4M2 10l4-4 4 4",stroke:"currentColor","stroke-width":"1.6",fill:"none"}),none:()=>l("\
circle",{cx:"6",cy:"6",r:"4.4",fill:"none",stroke:"currentColor","stroke-width":"1.5","stroke-dasharray":"2 2"})};function Re({tone:e}){return l("svg",{viewBox:"\
0 0 12 12","aria-hidden":"true",children:ns[e]()})}function ae({tone:e,children:t,title:n}){return l("span",{class:`pill ${e}`,title:n,children:[l(Re,{tone:e}),
t]})}function Zt({tone:e,label:t}){return l("span",{class:`pill icon-only ${e}`,title:t,children:[l(Re,{tone:e}),l("span",{class:"sr",children:t})]})}function Qt({rows:e=4}){return l("div",{class:"state","aria-busy":"true",children:[l("span",{class:"sr",children:v().state.loading}),Array.from({length:e},(t,n)=>l(
"span",{class:"skeleton",style:{width:`${92-n*37%40}%`}},n))]})}function ml({title:e,children:t,tone:n}){return l("div",{class:"state",children:[n?l("div",{class:"\
row tight",children:l(ae,{tone:n,children:e})}):l("h2",{children:e}),t]})}function Xt({what:e,problem:t,url:n,retry:r}){let s=v(),o=t.status===F?s.state.unreachable:
t.detail??t.title;return l("div",{class:"state",role:"alert",children:[l("div",{class:"row tight",children:l(ae,{tone:"crit",children:t.status===F?s.state.failed(
e):`${s.state.failed(e)} (${t.status})`})}),l("p",{children:o}),t.hint&&l("p",{children:t.hint}),l("div",{class:"row tight",children:[l("button",{type:"button",
class:"btn",onClick:r,children:[l(ve,{name:"refresh"}),s.state.retry]}),l("button",{type:"button",class:"btn quiet",onClick:()=>{Ce(JSON.stringify({url:n,at:new Date().
toISOString(),problem:t}))},children:s.state.diagnostic})]})]})}function xr({tone:e,children:t,action:n}){return l("div",{class:`banner ${e}`,role:"status",children:[
l(Re,{tone:e}),l("p",{children:t}),n]})}function dl({gaps:e=[]}){if(e.length===0)return null;let t=n=>n.limit?`${n.limit} = ${n.max}`:`${n.damaged}: ${n.fact}`;
return l(xr,{tone:"warn",children:v().state.partial(e.map(t).join(", "))})}function hl({sinceMs:e,resource:t,what:n}){let r=v();return t?.problem?.status===F?null:
t?.problem?l(xr,{tone:"warn",action:l(rs,{retry:t.retry}),children:`${r.state.failed(n)}: ${t.problem.detail??t.problem.title}`}):e===void 0?null:l(ae,{tone:"wa\
rn",children:r.state.stale(H().relative(e,Math.max(ie.value,e)))})}function rs({retry:e}){return l("button",{type:"button",class:"btn small",onClick:e,children:v().
state.retry})}function Tr({resource:e,what:t,rows:n,card:r,children:s}){if(e.data!==void 0)return l(E,{children:s(e.data)});let o=e.problem?l(Xt,{what:t,problem:e.
problem,retry:e.retry}):l(Qt,{rows:n});return r?l("section",{class:"card",children:o}):o}var os=["all","held","burning","spent","risk","healthy","none"],ss=["missed","low"],$r=q([...os,...ss],"all"),Yt=["risk","budget","burn","name"],en=["none","sto\
ry","service","team"],kr=q(Yt,"risk"),Mr=q(en,"none"),is=["budget","sli","requests"],Er=["1h","15m","6h","24h","2d","7d"],as=["timeline","flame","table","map","\
json"],ls=["results","compare","groups","errors"],us=["newest","slowest","spans","nservices","errors"],cs=["active","firing","pending","frozen","all"],ht={overview:{
path:"/",query:{status:$r,story:$(),group:Mr,sort:kr}},slos:{path:"/slos",query:{q:$(),status:$r,group:Mr,sort:kr}},slo:{path:"/slos/:name",query:{objective:$(),
tab:q(is,"budget"),from:$(),to:$(),sel:$(),target:$(),threshold:$()}},stories:{path:"/stories",query:{q:$()}},traces:{path:"/traces",query:{q:$(),t:q(Er,"1h"),from:$(),
to:$(),sel:$(),tab:q(ls,"results"),sort:q(us,"newest"),by:$(),keys:$(),table:Me(),live:Me()}},trace:{path:"/trace/:id",query:{span:$(),view:q(as,"timeline"),q:$(),
only:Me(),cp:Me(),from:$(),to:$(),root:$()}},compare:{path:"/compare/:a/:b",query:{span:$()}},map:{path:"/map",query:{t:q(Er,"15m"),from:$(),to:$(),focus:$(),hops:q(
["1","2","3"],"2"),min:q(["0","1","5","20"],"0"),all:Me(),q:$(),view:q(["graph","table"],"graph"),sel:$(),callee:$(),at:$()}},alerts:{path:"/alerts",query:{state:q(
cs,"active"),q:$(),slo:$(),service:$()}},definitions:{path:"/definitions",query:{kind:$(),q:$()}},settings:{path:"/settings",query:{}}};function tn(e,t){let n=Ar(
e);for(let r of Object.keys(ht)){let s=fs(Ar(ht[r].path),n);if(s)return{name:r,path:s,query:zn(ht[r].query,t)}}return{name:"missing",pathname:e}}function j(e,t,n={}){
let r=ht[e];return r.path.replace(/:(\w+)/g,(o,i)=>encodeURIComponent(t[i]))+Wn(r.query,n)}function Ar(e){return e.split("/").filter(t=>t!=="")}function fs(e,t){
if(e.length!==t.length)return null;let n={};for(let r=0;r<e.length;r++)if(e[r].startsWith(":")){let s=ps(t[r]);if(s===null)return null;n[e[r].slice(1)]=s}else if(e[r]!==
t[r])return null;return n}function ps(e){try{return decodeURIComponent(e)}catch{return null}}function be(e){switch(e.state){case"unmeasured":return"none";case"exhausted":return e.gate==="held"?"held":"spent";case"burning":return"burning";case"healthy":return e.
budget!==null&&e.budget<.25?"risk":"healthy"}}var Oe={held:"frozen",spent:"crit",burning:"warn",risk:"warn",none:"none",healthy:"ok"};function nn(e){return e.gate===
"held"&&(e.state==="exhausted"||e.page?.firing===!0)}var ms=e=>e.state==="burning"||e.page?.firing===!0;function gt(e){return e.budget!==null&&e.budget>0?e.exhaustsInUs:
null}function bl(e,t){switch(t){case"all":return!0;case"held":return nn(e);case"burning":return ms(e);case"missed":return e.sli!==null&&e.sli<e.target;case"low":
return e.budget!==null&&e.budget<.25;default:return be(e)===t}}var Cr=["held","spent","burning","risk","none","healthy"];function We(e,t){return Cr.indexOf(be(e))-
Cr.indexOf(be(t))||_t(gt(e),gt(t))||_t(e.budget,t.budget)||e.name.localeCompare(t.name)}var ds={risk:We,budget:(e,t)=>_t(e.budget,t.budget)||We(e,t),burn:(e,t)=>_t(
Rr(e.burn["1h"]),Rr(t.burn["1h"]))||We(e,t),name:(e,t)=>ne(e).localeCompare(ne(t))},Rr=e=>e==null?null:-e;function Je(e,t){return t==="story"?e.storyTitle??e.story??
"":t==="service"?e.service:t==="team"?e.team??"":""}function Or(e,t,n){let r=[...e].sort(ds[t]);return n==="none"?r:[...new Set(r.map(o=>Je(o,n)))].sort((o,i)=>+(o===
"")-+(i==="")).flatMap(o=>r.filter(i=>Je(i,n)===o))}var hs=10,gs=e=>(e.good+e.bad)*(1-e.target);function Pr(e){let t=gs(e);return t>0&&t<hs?1/t:null}function _t(e,t){
return e===t?0:(e??1/0)<(t??1/0)?-1:1}var ne=e=>e.displayName||e.name,Nr=e=>/^\d+$/.test(e.objective)?"":e.objective;function wl(e,t,n){let r=e!==null&&e>=n,s=t!==
null&&t>=n;return r?s?"firing":"recovering":s?"rising":"quiet"}var Lr=["held","burning","unmeasured","healthy"],_s=e=>[...e].sort((t,n)=>Lr.indexOf(t.state)-Lr.indexOf(n.state)),Ur={held:"held",burning:"burning",healthy:"he\
althy",unmeasured:"none"};function El({stories:e,slos:t,query:n}){let r=v();return l("section",{class:"card",children:[l("div",{class:"card-head",children:[l("h\
2",{children:r.overview.stories}),l("span",{class:"spring"}),l("a",{class:"link sub",href:j("stories",{}),children:r.overview.storiesAll})]}),l(Tr,{resource:e,what:r.
overview.stories,rows:2,children:({items:s})=>s.length===0?l("p",{class:"muted",children:r.overview.storiesNone}):l("ul",{class:"stories",children:_s(s).map(o=>l(
ys,{story:o,slos:t,query:n},o.name))})})]})}function ys({story:e,slos:t,query:n}){let r=v(),s=H(),o=e.name===n.story,i=e.budget??null,a=[e.owner&&r.overview.storyOwner(
e.owner),i!==null&&r.overview.storyBudget(s.budget(i)),e.sli!=null&&r.overview.storyTraces(s.sli(e.sli,e.target??1))];return l("li",{children:[l("a",{class:"sto\
ry",href:j("overview",{},{...n,story:o?"":e.name}),"aria-current":o?"true":void 0,children:[l("span",{class:"story-title",children:[l("b",{children:e.title}),l(
"span",{class:"sub",children:a.filter(Boolean).join(" · ")})]}),l(ae,{tone:Oe[Ur[e.state]],children:r.status[Ur[e.state]]})]}),l(vs,{story:e,slos:t}),l("a",{class:"\
link sub",href:j("traces",{},{q:bs(e,t)}),children:r.overview.storyTracesLink})]})}function vs({story:e,slos:t}){let n=v();return l("ol",{class:"chain","aria-la\
bel":n.overview.chain(e.title),children:e.slos.map(r=>{let s=t.find(i=>i.name===r),o=s?be(s):"none";return l("li",{children:l("a",{class:`step ${Oe[o]}`,href:j(
"slo",{name:r}),title:`${s?ne(s):r}: ${n.status[o]}`,children:[l(Re,{tone:Oe[o]}),s?.service??r,l("span",{class:"sr",children:`${s?ne(s):r}: ${n.status[o]}`})]})},
r)})})}function bs(e,t){let n=[...new Set(e.slos.flatMap(s=>t.find(o=>o.name===s)?.service??[]))];return[n.length>1?`service=(${n.join(",")})`:n.map(s=>`service\
=${s}`).join(""),e.state==="healthy"?"":"error"].filter(Boolean).join(" ")}var ws=1200,rn=new Set,yt=b(0),vt=b(he("singleKeys")!=="off");function Ir(e){vt.value=e,ge("singleKeys",e?"on":"off")}function bt(e){let t=N(e);t.current=e,C(()=>(rn.
add(t),yt.value++,()=>{rn.delete(t),yt.value++}),[])}function on(){let e=new Map;for(let t of[...rn].reverse())for(let n of t.current)e.has(n.keys)||e.set(n.keys,
n);return[...e.values()]}function Ss(e){if(!/^[\u3131-\u318e]$/.test(e.key)||!e.code.startsWith("Key"))return e.key;let t=e.code.slice(3);return e.shiftKey?t:t.
toLowerCase()}function xs(e){let t=Ss(e),n=t.length>1,r=(e.ctrlKey||e.metaKey)&&!n?t.toUpperCase():t,s=!n&&r!==r.toLowerCase();return[(e.ctrlKey||e.metaKey)&&"C\
trl",e.altKey&&"Alt",e.shiftKey&&(n||s)&&"Shift",r].filter(Boolean).join("+")}function Ts(e){let t=e instanceof Element?e.closest("input, textarea, select, [con\
tenteditable]"):null;return t!==null&&!(t instanceof HTMLInputElement&&["checkbox","radio","button"].includes(t.type))}function Nl(){let e="",t=0;addEventListener(
"keydown",n=>{if(n.isComposing||n.defaultPrevented)return;let r=xs(n),s=!r.startsWith("Ctrl+");if(document.querySelector("dialog[open]")!==null||s&&(Ts(n.target)||
!vt.value))return;let i=n.timeStamp-t<ws&&e!==""?`${e} ${r}`:r,a=on().filter(m=>m.run!==null),f=a.find(m=>m.keys===i)??a.find(m=>m.keys===r);e="",f?.run?(n.preventDefault(),
f.run()):a.some(m=>m.keys.startsWith(`${r} `))&&(e=r,t=n.timeStamp)})}var Pe=b({pathname:location.pathname,search:location.search}),St=Z(()=>tn(Pe.value.pathname,Pe.value.search)),Dl=Z(()=>Pe.value.pathname+Pe.value.search),$s=b(0),
Fr={},Hl=()=>Fr,wt=new URLSearchParams(location.search).get("lang");function ks(e){if(!wt)return e;let[t,n=""]=e.split("?");return new URLSearchParams(n).has("l\
ang")?e:`${t}?${n?`${n}&`:""}lang=${Ee(wt)}`}function sn(){let e=St.peek();e.name==="traces"&&(Fr=e.query);let t=Pe.value.pathname!==location.pathname;Pe.value=
{pathname:location.pathname,search:location.search},t&&$s.value++}function we(e,t={}){let n=ks(e);n!==location.pathname+location.search&&(t.replace?history.replaceState(
history.state,"",n):history.pushState(null,"",n),sn())}function Bl(){if(!wt)return;wt=null;let e=new URLSearchParams(location.search);e.delete("lang");let t=[...e].
map(([n,r])=>`${n}=${Ee(r)}`).join("&");history.replaceState(history.state,"",location.pathname+(t?`?${t}`:"")),sn()}function ql(){addEventListener("popstate",sn),
addEventListener("click",e=>{if(e.defaultPrevented||e.button!==0||e.metaKey||e.ctrlKey||e.shiftKey||e.altKey)return;let t=e.target?.closest?.("a[href]");if(!(t instanceof
HTMLAnchorElement)||t.target||t.hasAttribute("download"))return;let n=new URL(t.href);n.origin!==location.origin||t.getAttribute("href")?.startsWith("#")||tn(n.
pathname,n.search).name!=="missing"&&(e.preventDefault(),we(n.pathname+n.search))})}function Dr(e,t,n=[]){let r=v().keys,s=()=>{let o=t();o&&window.open(o,"_blank","noopener")};return bt([{keys:"j",label:r.next,group:"list",run:()=>e(1)},{keys:"\
k",label:r.previous,group:"list",run:()=>e(-1)},{keys:"Enter",label:r.open,group:"list",run:null},{keys:"o",label:r.openTab,group:"list",run:s},...n]),o=>{let i={
ArrowDown:1,ArrowUp:-1}[o.key];i!==void 0&&(o.preventDefault(),e(i))}}function Br({label:e,columns:t,rows:n,rowKey:r,rowHref:s,dimmed:o,class:i,groupOf:a,groupHead:f}){let m=N(null),g=Dr(d=>{let c=[...m.current?.rows??[]].map(y=>y.
querySelector("a")).filter(y=>y!==null),h=c.findIndex(y=>y.closest("tr")?.contains(document.activeElement)),x=c[h<0?d>0?0:c.length-1:Math.min(c.length-1,Math.max(
0,h+d))];x?.focus(),x?.scrollIntoView({block:"nearest"})},()=>document.activeElement?.closest("tr")?.querySelector("a")?.href);return l("table",{"aria-label":e,
class:`${i??""}${o?" dimmed":""}`,children:[l("thead",{children:l("tr",{children:t.map(d=>l("th",{scope:"col",class:Hr({...d,class:void 0}),children:d.head},d.key))})}),
l("tbody",{ref:m,onKeyDown:g,children:n.map((d,c)=>l(E,{children:[a&&(c===0||a(n[c-1])!==a(d))&&l("tr",{class:"group",children:l("th",{colSpan:t.length,scope:"r\
owgroup",children:f?.(a(d))})}),l("tr",{class:"go",onClick:h=>Ms(h,s(d)),children:t.map(h=>l("td",{class:Hr(h),children:h.cell(d)},h.key))})]},r(d)))})]})}function Hr(e){
return[e.num&&"num",e.wideOnly&&"hide-s",e.class].filter(Boolean).join(" ")||void 0}function Ms(e,t){e.target.closest("a, button")||!getSelection()?.isCollapsed||
(e.metaKey||e.ctrlKey?window.open(t,"_blank","noopener"):we(t))}function qr({share:e,tone:t,label:n,valueText:r}){let s=Math.min(100,Math.max(0,e*100));return l("div",{class:`meter t-${t}${e<=0?" over":""}`,role:"meter","ari\
a-valuemin":0,"aria-valuemax":100,"aria-valuenow":Math.round(s),"aria-valuetext":r,"aria-label":n,children:l("i",{style:{width:`${s}%`}})})}var As=200;function mu({slos:e,dimmed:t,group:n,sort:r}){let s=v().slo,o=H(),i=Or(e,r,n),a=u=>`${u.name}/${u.objective}`,f=u=>j("slo",{name:u.name},(u.objectives??
1)>1?{objective:u.objective}:{}),m=[{key:"name",head:s.name,cell:u=>l(Ps,{slo:u,to:f(u)}),class:"slo-name"},{key:"story",head:s.story,cell:u=>u.storyTitle??u.story??
"",wideOnly:!0,class:"muted"},{key:"target",head:s.target,cell:u=>o.target(u.target),num:!0,wideOnly:!0},{key:"now",head:s.now,cell:u=>l(Ns,{slo:u}),num:!0,wideOnly:!0},
{key:"budget",head:s.budget,cell:u=>l(Ls,{slo:u}),class:"slo-budget"},{key:"burn",head:s.burn,cell:u=>Os(u,o),num:!0,wideOnly:!0},{key:"out",head:s.runsOut,cell:u=>l(
Fs,{slo:u}),num:!0,wideOnly:!0},{key:"status",head:s.status,cell:u=>l(Gr,{slo:u})}];return bt([{keys:"s",label:v().keys.acknowledge,group:"list",run:()=>{let u=document.
activeElement?.closest("tr")?.querySelector("a")?.getAttribute("href"),g=i.find(d=>f(d)===u);Cs(g?.alerts?.find(d=>d.state==="firing"&&d.id)?.id??null)}}]),l(Br,
{label:s.table,columns:m,rows:i,rowKey:a,rowHref:f,dimmed:t,class:"slo-table",groupOf:n==="none"?void 0:u=>Je(u,n),groupHead:u=>l(Rs,{name:u,slos:i.filter(g=>Je(
g,n)===u)})})}async function Cs(e){let t=v().slo;if(!e)return K(t.ackNone);try{await Y(X(`/alerts/${encodeURIComponent(e)}/ack`),D.peek(),void 0,JSON.stringify(
{by:""})),K(t.acked)}catch(n){K(n instanceof J?n.message:String(n))}}function Rs({name:e,slos:t}){let n=[...t].sort(We)[0];return l("span",{class:"row tight",children:[
e||v().slo.ungrouped,l("span",{class:"muted",children:t.length}),l(Gr,{slo:n})]})}function Os(e,t){let[n,r]=[e.burn["1h"]??null,e.burn["6h"]??null];return n===null&&
r===null?"–":`${t.burn(n)} / ${t.burn(r)}`}function Ps({slo:e,to:t}){let n=[Nr(e),e.service].filter(Boolean).join(" · ");return l(E,{children:[l("a",{class:"\
link",href:t,children:l("b",{children:ne(e)})})," ",l("span",{class:"muted",children:n})]})}function Ns({slo:e}){let t=v().slo,n=H();return l(E,{children:[e.isEstimate&&
e.sli!==null&&l("abbr",{title:t.estimate,children:"~"}),n.sli(e.sli,e.target),e.raw&&l("div",{class:"sub",children:t.rawIs(n.sli(e.raw.sli,e.target))})]})}function Ls({
slo:e}){let t=v(),[n,r]=B(!1),[s,o]=B(!1);if(C(()=>{if(!n)return o(!1);let a=setTimeout(()=>o(!0),As),f=m=>m.key==="Escape"&&r(!1);return addEventListener("keyd\
own",f),()=>{clearTimeout(a),removeEventListener("keydown",f)}},[n]),e.budget===null)return l("span",{class:"sub",children:t.status.none});let i=Pr(e);return l(
"div",{class:"budget",onPointerEnter:a=>a.pointerType==="mouse"&&r(!0),onPointerLeave:()=>r(!1),children:[l(Us,{budget:e.budget,name:ne(e)}),i!==null&&l(Zt,{tone:"\
info",label:t.slo.oneFailure(H().share(i))}),s&&l(Is,{slo:e})]})}function Us({budget:e,name:t}){let n=H().budget(e);return l(E,{children:[l(qr,{share:e,tone:e<=
0?"crit":e<.25?"warn":"ok",label:v().slo.budgetOf(t),valueText:n}),l("span",{class:"num",children:n})]})}function Is({slo:e}){let t=v().slo,r=dt(X(`/slos/${encodeURIComponent(
e.name)}/series`,{objective:e.objective})).data?.points.map(m=>m.forecast??m.budget)??[],s=r.filter(m=>m!==null),o=Math.max(-1,Math.min(0,...s)),i=m=>2+(1-(Math.
max(o,m)-o)/(1-o))*40,a=r.flatMap((m,u)=>m===null?[]:[`${(u/Math.max(1,r.length-1)*176).toFixed(1)},${i(m).toFixed(1)}`]),f=e.window??e.calendar?.duration??"";return l(
"div",{class:"spark",role:"img","aria-label":t.sparkOf(ne(e),H().window(f)),children:[l("span",{class:"sub",children:H().window(f)}),l("svg",{width:"176",height:"\
44",children:[l("line",{class:"zero",x1:"0",x2:"176",y1:i(0),y2:i(0)}),a.length>1&&l("polyline",{class:"line",points:a.join(" ")})]})]})}function Fs({slo:e}){let t=gt(
e);return l(E,{children:t===null?"–":H().relative(t/1e3,0)})}function Gr({slo:e}){let t=v(),n=be(e);return l("span",{class:"row tight nowrap-row",children:[l(
ae,{tone:Oe[n],children:t.status[n]}),n!=="held"&&nn(e)&&l(Zt,{tone:"frozen",label:t.slo.heldHint})]})}function du({group:e,sort:t,set:n}){let r=v().slo;return l(
"div",{class:"row tight",children:[l("label",{class:"choose",children:[l("span",{class:"sub",children:r.groupBy}),l("select",{class:"input",value:e,onChange:s=>n(
{group:s.currentTarget.value}),children:en.map(s=>l("option",{value:s,children:r.groups[s]},s))})]}),l("label",{class:"choose",children:[l("span",{class:"sub",children:r.
sortBy}),l("select",{class:"input",value:t,onChange:s=>n({sort:s.currentTarget.value}),children:Yt.map(s=>l("option",{value:s,children:r.sorts[s]},s))})]})]})}var le=e=>Number.isFinite(Date.parse(e.from))&&Number.isFinite(Date.parse(e.to));function xt(e){return le(e)?{from:new Date(e.from).toISOString(),to:new Date(e.
to).toISOString()}:{since:e.t}}function an(e,t){return new Date(e+t(e)).toISOString().slice(0,19)}function ln(e,t){let n=Date.parse(`${e}Z`);return n-t(n-t(n))}var jr=4,Tt=8;function Vr({label:e,button:t,buttonClass:n,iconOnly:r,children:s}){let o=Te().replace(/\W/g,""),i=N(null),a=N(null);return C(()=>{let f=a.current,
m=()=>f.matches(":popover-open")&&Ds(i.current,f),u=g=>{let d=g.newState==="open";i.current?.setAttribute("aria-expanded",String(d)),d&&(m(),f.querySelector("in\
put:checked, [aria-current], input, button")?.focus({preventScroll:!0}))};return f.addEventListener("toggle",u),addEventListener("resize",m),addEventListener("s\
croll",m,{passive:!0,capture:!0}),()=>{f.removeEventListener("toggle",u),removeEventListener("resize",m),removeEventListener("scroll",m,{capture:!0})}},[]),l(E,
{children:[l("button",{ref:i,type:"button",class:`btn ${n??""}`,"aria-label":r?e:void 0,title:r?e:void 0,"aria-haspopup":"dialog","aria-expanded":"false",popovertarget:o,
children:t}),l("div",{ref:a,id:o,class:"menu",role:"dialog","aria-label":e,popover:"auto",children:s(()=>a.current?.hidePopover())})]})}function Ds(e,t){let n=e.
getBoundingClientRect(),{width:r,height:s}=t.getBoundingClientRect(),o=Math.min(Math.max(Tt,n.right-r),innerWidth-r-Tt),i=n.bottom+jr,a=i+s<=innerHeight-Tt?i:Math.
max(Tt,n.top-jr-s);t.style.left=`${o}px`,t.style.top=`${a}px`}var Hs=["15m","1h","6h","24h","2d","7d"];function Bs(e){let t=v().traces,n=H();return le(e)?t.fromTo(n.time(Date.parse(e.from),ie.value),n.time(Date.parse(e.to),
ie.value)):t.last(n.window(e.t))}function Au({range:e,onChange:t}){let n=v().traces;return l(Vr,{label:n.range,button:l(E,{children:[l(ve,{name:"clock"}),Bs(e),
l(ve,{name:"chevron-down"})]}),children:r=>l(E,{children:[l("div",{class:"legend",children:n.relative}),Hs.map(s=>l("button",{type:"button",class:"item","aria-c\
urrent":!le(e)&&e.t===s?"true":void 0,onClick:()=>{r(),t({t:s,from:"",to:""})},children:n.last(H().window(s))},s)),l("hr",{}),l(qs,{range:e,onChange:s=>{r(),t(s)}})]})})}
function qs({range:e,onChange:t}){let n=v().traces,{offsetMs:r}=H(),s=ie.peek(),[o,i]=B(an(le(e)?Date.parse(e.from):s-36e5,r)),[a,f]=B(an(le(e)?Date.parse(e.to):
s,r)),[m,u]=[ln(o,r),ln(a,r)],g=m<u;return l("form",{class:"pinned",onSubmit:d=>{d.preventDefault(),g&&t({t:e.t,from:new Date(m).toISOString(),to:new Date(u).toISOString()})},
children:[l("div",{class:"legend",children:n.pinned}),l("label",{class:"field",children:[n.from,l("input",{class:"input",type:"datetime-local",step:"1",value:o,
onInput:d=>i(d.currentTarget.value)})]}),l("label",{class:"field",children:[n.to,l("input",{class:"input",type:"datetime-local",step:"1",value:a,onInput:d=>f(d.
currentTarget.value)})]}),!g&&l("span",{class:"pill bare crit",role:"alert",children:n.badRange}),l("button",{type:"submit",class:"btn primary",disabled:!g,children:n.
apply})]})}var Ks=10*1024*1024,Ze=new Map,Fu=e=>Ze.get(e)?.text;function Du(e){let t=e===null?void 0:Ze.get(e),n=dt(e===null||t?null:X(`/traces/${e}`));return t?{data:t.columns,
problem:void 0,retry:()=>{}}:n}function zr(e,t,n){let r=Ze.get(e);return r?Wr(r.text,t,n):Y(X(`/traces/${e}`,t),D.peek(),n)}async function Hu(e){let t=Ze.get(e)?.
text,n=t===void 0?await Y(`/api/v2/trace/${e}`,D.peek()):JSON.parse(t);return JSON.stringify(n,null,1)}async function Wr(e,t,n){return Y(X("/traces/draw",t),D.peek(),
n,e)}async function un(e){if(e.length>Ks)return K(v().trace.openTooLarge);try{e=Gs(e);let t=await Wr(e,{});Ze.set(t.traceId,{text:e,columns:t}),we(j("trace",{id:t.
traceId}))}catch(t){let n=t instanceof J?t.problem:{title:String(t),status:F};K(n.status===F?v().state.unreachable:[n.detail??n.title,n.hint].filter(Boolean).join(
" "))}}function Gs(e){return/^\s*\[\s*\[/.test(e)?JSON.stringify(JSON.parse(e).flat()):e}function Bu(){let e=document.createElement("input");e.type="file",e.accept=
".json,application/json",e.onchange=()=>{e.files?.[0]?.text().then(un)},e.click()}function qu(){addEventListener("dragover",e=>e.dataTransfer?.types.includes("F\
iles")&&e.preventDefault()),addEventListener("drop",e=>{let t=e.dataTransfer?.files[0];t&&(e.preventDefault(),t.text().then(un))}),addEventListener("paste",e=>{
let t=e.clipboardData?.getData("text/plain").trim()??"";!/^\[\s*[[{]/.test(t)||e.target instanceof Element&&e.target.closest("textarea")||(e.preventDefault(),un(
t))})}var cn=b(null);function Ju(e){let t=v().compare,n=cn.value;if(n!==null&&n!==e){cn.value=null,we(j("compare",{a:n,b:e}));return}cn.value=n===e?null:e,K(n===e?t.unmarked:
t.marked)}function js({color:e}){let t=e===void 0?"":` c${e%8}`;return l("i",{class:`dot${t}${e!==void 0&&e>=8?" hatch":""}`,"aria-hidden":"true"})}function Qu({name:e,color:t}){
return l("span",{class:"service",children:[l(js,{color:t}),e]})}function tc(e){let{rows:t}=e,n={traceId:e.traceId,startUs:e.startUs,durationUs:Math.max(1,e.durationUs),count:t.id.length,spans:e.spans,errors:e.errors,missingParents:e.
missingParents,missingIds:e.missingIds??[],skews:e.skews??[],services:Vs(e.services),names:e.names,ids:t.id,kinds:t.kind,remotes:t.remote,statuses:t.status,parent:Int32Array.
from(t.parent),depth:Uint16Array.from(t.depth),size:Int32Array.from(t.size),service:Uint16Array.from(t.service),name:Uint32Array.from(t.name),start:Float64Array.
from(t.startUs),duration:Float64Array.from(t.durationUs),self:new Float64Array(t.id.length),isError:Uint8Array.from(t.error),isCritical:Uint8Array.from(t.critical)};
return zs(n),n}function Vs(e){let t=new Set,n=e.map(()=>({hue:0,isHatched:!1})),r=e.map((s,o)=>o).sort((s,o)=>e[s].color-e[o].color);for(let s of r){let o=e[s].
color%8,i=t.size>=8;for(;!i&&t.has(o);)o=(o+1)%8;t.add(o),n[s]={hue:o,isHatched:i}}return e.map((s,o)=>({...s,...n[o]}))}function zs(e){let{count:t,size:n,start:r,
duration:s,self:o}=e,i=[];for(let a=0;a<t;a++){let f=r[a]+s[a];i.length=0;let m=!0;for(let d=a+1;d<a+n[a];d+=Math.max(1,n[d]))i.length>0&&r[d]<r[i[i.length-1]]&&
(m=!1),i.push(d);m||i.sort((d,c)=>r[d]-r[c]);let u=0,g=r[a];for(let d of i){let c=Math.max(g,r[d]),h=Math.min(f,r[d]+s[d]);h>c&&(u+=h-c,g=h)}o[a]=Math.max(0,s[a]-
u)}}function nc(e,t){let n=e.services[t];return`dot c${n?.hue??0}${n?.isHatched?" hatch":""}`}function rc(e,t){let n=new Map,r=0;for(let o=0;o<e.count;o++){let i=t?
e.name[o]:-1,a=e.service[o]*(e.names.length+1)+i+1,f=n.get(a);f||n.set(a,f={service:e.service[o],name:i,spans:0,errors:0,selfUs:0,share:0,row:o}),e.self[o]>e.self[f.
row]&&(f.row=o),f.spans++,f.errors+=e.isError[o],f.selfUs+=e.self[o],r+=e.self[o]}let s=[...n.values()];for(let o of s)o.share=r>0?o.selfUs/r:0;return s.sort((o,i)=>i.
selfUs-o.selfUs)}function Ws(e,{collapsed:t,groups:n,folded:r,root:s=-1,only:o}){let i=Math.max(0,s),a=s<0?e.count:s+e.size[s],f=new Int32Array(a-i),m=0;for(let u=i;u<
a;){let g=n&&r?n.first[u]:u,d=r?.[g]===1;(g===u||!d)&&(!o||o[u])&&(f[m++]=u),u+=d||t[u]?Math.max(1,e.size[u]):1}return f.subarray(0,m)}function oc(e){let{count:t,
parent:n,service:r,name:s,duration:o}=e,i={first:new Int32Array(t),next:new Int32Array(t).fill(-1),calls:new Int32Array(t),sumUs:new Float64Array(t)},a=new Map,
f=e.services.length,m=e.names.length;for(let u=0;u<t;u++){let g=((n[u]+1)*f+r[u])*m+s[u],d=a.get(g),c=d===void 0?u:i.first[d];d!==void 0&&(i.next[d]=u),a.set(g,
u),i.first[u]=c,i.calls[c]++,i.sumUs[c]+=o[u]}return i}function sc(e,t){let n=t.slice();for(let r=n.length-1;r>=0;r--)n[r]&&e[r]>=0&&(n[e[r]]=1);return n}function ic(e,t){
let n=0,r=e.length-1;for(;n<=r;){let s=n+r>>1;if(e[s]===t)return s;e[s]<t?n=s+1:r=s-1}return-1}function ac({parent:e},{collapsed:t,groups:n,folded:r},s){let o=!1,
i=(a,f)=>{o||=a[f]===1,a[f]=0};for(let a=s;a>=0;a=e[a])a!==s&&i(t,a),n&&r&&(n.first[a]!==a||a!==s)&&i(r,n.first[a]);return o}function lc(e,t,n){let r=Ws(e,{collapsed:t}),
s=n?1/0:-1;for(let o of r)e.size[o]<=1||(n&&t[o]&&(s=Math.min(s,e.depth[o])),!n&&!t[o]&&(s=Math.max(s,e.depth[o])));for(let o of r)e.size[o]>1&&e.depth[o]===s&&
(t[o]=n?0:1)}function uc(e,t,n){let r=e.length;for(let s=1;s<=r;s++){let o=(t+n*s+r*2)%r;if(e[o])return o}return-1}function fc(e,t,n){let r=devicePixelRatio||1,s=Math.round(t*r),o=Math.round(n*r);(e.width!==s||e.height!==o)&&(e.width=s,e.height=o,e.style.width=`${t}px`,e.style.
height=`${n}px`);let i=e.getContext("2d");return i?.setTransform(r,0,0,r,0,0),i}function fn(e,t){let n=document.createElement("span");n.style.setProperty("force\
d-color-adjust","none"),e.append(n);let r={};for(let s of Object.keys(t))n.style.color=`var(${t[s]})`,r[s]=getComputedStyle(n).color;return n.remove(),r}function pc(e,t,n){
let[r,s]=[e,t].map(o=>(o.match(/[\d.]+/g)??[]).map(Number));return`rgb(${[0,1,2].map(o=>Math.round(r[o]+(s[o]-r[o])*n)).join(",")})`}function gc(e){let t=fn(e,Object.fromEntries(Array.from({length:8},(s,o)=>[o,`--s${o+1}`]))),n={text:"--text",muted:"--muted",border:"--border",surface:"--surfa\
ce",crit:"--crit-fill",critText:"--crit",accent:"--accent"},r=Object.values(t);return{...fn(e,n),hues:r,onHues:r.map(Zs),font:getComputedStyle(e).fontFamily}}var Js=.18;
function Zs(e){let[t,n,r]=(e.match(/[\d.]+/g)??[]).map(s=>(Number(s)/255)**2.2);return .2126*t+.7152*n+.0722*r>Js?"#0d0f13":"#ffffff"}function yc(e,t,n){let r=document.createElement("a");r.href=URL.createObjectURL(new Blob([n],{type:t})),r.download=e,r.click(),setTimeout(()=>URL.revokeObjectURL(
r.href),1e3)}var bc=(e,t)=>`${e}="${t.replaceAll("\\","\\\\").replaceAll('"','\\"')}"`;function pn(e,t){let n=Math.min(t,Math.max(Math.min(10,t),e.to-e.from)),r=Math.min(Math.max(0,e.from),t-n);return{from:r,to:r+n}}function Sc(e,t,n,r){let s=e.to-
e.from,o=Math.min(r,Math.max(Math.min(10,r),s*t)),i=e.from+s*n;return pn({from:i-o*n,to:i+o*(1-n)},r)}function xc(e,t,n){let r=(e.to-e.from)*t;return pn({from:e.
from+r,to:e.to+r},n)}function Tc(e,t,n){let r=Math.max(t*.1,5);return pn({from:e-r,to:e+t+r},n)}var $c=(e,t)=>e.from<=0&&e.to>=t;function kc(e,t){let n=(e.to-e.
from)/Math.max(1,t),r=10**Math.floor(Math.log10(Math.max(n,1))),s=[1,2,5,10].map(i=>i*r).find(i=>i>=n)??r*10,o=[];for(let i=Math.ceil(e.from/s)*s;i<=e.to;i+=s)o.
push(i);return o}function Mc(e,t,n){if(e===0)return"0";let[r,s]=n<1e3?["µs",1]:n<1e6?["ms",1e3]:["s",1e6],o=Math.max(0,Math.ceil(-Math.log10(t/s)-1e-9));return`${(e/
s).toFixed(o)} ${r}`}var Jr=e=>e.trim()||"root",Qs=(e,t)=>({q:Jr(e),...xt(t)}),Zr=e=>`duration>=${e.fromUs}us duration<${e.toUs+1}us`,Qr=e=>`${new Date(e-1).toISOString().slice(0,-1)}\
999Z`,Xr=e=>new Date(e).toISOString();function Yr(e,t,n){return n?{q:`${Jr(e)} ${Zr(n)}`,from:Xr(n.fromMs),to:Qr(n.toMs)}:{q:e,...xt(t)}}function Cc(e,t,n){let r=n?
Qs(e,t):{q:e,...xt(t)};return n?{...r,sel:Zr(n),selFrom:Xr(n.fromMs),selTo:Qr(n.toMs)}:r}function Xe(e){return/^[\w./:=@%+,-]+$/.test(e)?e:`'${e.replaceAll("'","'\\''")}'`}function eo(e){switch(e.name){case"overview":case"slos":case"stories":return"\
nines slo status";case"slo":return`nines slo explain ${Xe(e.path.name)}`;case"traces":return Xs(e.query);case"trace":return`nines trace get ${Xe(e.path.id)}`;case"\
compare":return`nines trace compare ${Xe(e.path.a)} ${Xe(e.path.b)}`;case"map":return`nines trace map --since ${e.query.t}`;case"alerts":return e.query.state===
"all"?"nines alert list --all":"nines alert list";case"definitions":return"nines slo check definitions";case"settings":return"nines store stats";case"missing":return null}}
function Xs(e){let{q:t,from:n,to:r,since:s}=Yr(e.q,e,Zn(e.sel)),o=s?`--since ${s}`:`--from ${n} --to ${r}`;return`nines trace find ${t?Xe(t):"''"} ${o}${e.sort===
"slowest"?" --sort slowest":""}`}function to(e,t){if(e.name==="missing"||!("t"in e.query&&"from"in e.query&&"to"in e.query))return null;let n=e.query;if(le(n))return null;let r=new Date(t-(tr(n.
t)??0)/1e3).toISOString();return j(e.name,e.path,{...e.query,from:r,to:new Date(t).toISOString()})}var Vc=b("none");function zc(){Ce(location.href)}function Wc(){let e=to(St.peek(),Date.now());Ce(e===null?location.href:new URL(e,location.href).href)}function Jc(){
let e=eo(St.peek());e?Ce(e):K(v().shell.copyFailed)}function Zc(){let e=document.querySelector("[data-filter]");e?.focus(),e?.select()}var Ys=b("");function tf(e,t=e){let n=v().shell.title(t);C(()=>{Ys.value=e,document.title=n},[e,n])}var ei=["global","list","trace","map","slo"];function sf(){let e=v();yt.value;let t=on(),n={global:e.keys.groupGlobal,list:e.keys.groupList,trace:e.keys.groupTrace,
map:e.nav.map,slo:e.keys.groupSlo};return l(E,{children:[l("div",{class:"keys",children:ei.map(r=>{let s=t.filter(o=>o.group===r);return s.length>0&&l("section",
{children:[l("h3",{children:n[r]}),l("dl",{children:ti(s).map(([o,i])=>l(ni,{label:o,keys:i},o))})]},r)})}),l("label",{class:"switch",children:[l("input",{type:"\
checkbox",checked:vt.value,onChange:r=>Ir(r.currentTarget.checked)}),e.keys.singleKeys]})]})}function ti(e){let t=new Map;for(let{label:n,keys:r}of e)t.set(n,[...t.
get(n)??[],r]);return[...t]}function ni({label:e,keys:t}){return l(E,{children:[l("dt",{children:e}),l("dd",{children:t.map(n=>l("kbd",{children:n.replace("Arro\
w","").replace("Right","→").replace("Left","←").replace("Down","↓").replace("Up","↑").replaceAll("+"," ").trim()||"+"},n))})]})}function ri(e,t){let n=e.toLowerCase().split(/\s+/).filter(Boolean),r=t.toLowerCase(),s=0;for(let o of n){let i=r.indexOf(o);if(i<0)return null;let a=i===0||/[\s\-/_.:·]/.
test(r[i-1]);s+=i===0?0:a?1:3}return s}function uf(e,t,n){return e.map((r,s)=>({item:r,i:s,score:ri(t,n(r))})).filter(r=>r.score!==null).sort((r,s)=>(r.score??0)-
(s.score??0)||r.i-s.i).map(r=>r.item)}var mf=["system","light","dark"],mn=he("theme"),oi=b(mn==="light"||mn==="dark"?mn:"system"),no=b(0);function df(e){oi.value=e,ge("theme",e==="system"?null:e),e===
"system"?delete document.documentElement.dataset.theme:document.documentElement.dataset.theme=e,no.value++}var hf=["comfortable","dense"],si=b(he("density")==="\
dense"?"dense":"comfortable");function gf(e){si.value=e,ge("density",e==="dense"?e:null),e==="dense"?document.documentElement.dataset.density=e:delete document.
documentElement.dataset.density}function _f(){for(let e of["(prefers-color-scheme: dark)","(forced-colors: active)"])matchMedia(e).addEventListener("change",()=>no.
value++)}var bf=b(null);function xf({label:e,onClose:t,class:n,children:r}){let s=N(null);return C(()=>{let o=document.activeElement;return s.current?.showModal(),()=>o instanceof HTMLElement&&
o.isConnected&&o.focus()},[]),l("dialog",{ref:s,class:`dialog ${n??""}`,"aria-label":e,onClose:t,onClick:o=>o.target===o.currentTarget&&s.current?.close(),children:r})}function dn(e,t=!1){let n=b(null),r=b(!1),s=()=>{r.value=!1,e().then(o=>n.value=o,()=>r.value=!0)};return function(i){let a=n.value;return C(()=>{n.peek()||s()},
[]),a?l(a,{...i}):t&&!r.value?null:l("section",{class:"card",children:r.value?l(Xt,{what:v().state.page,problem:{title:"",status:F},retry:s}):l(Qt,{rows:12})})}}function Nf(e){let[t,n]=B(0);return C(()=>{let r=new ResizeObserver(([s])=>n(Math.floor(s.contentRect.width)));return r.observe(e.current),()=>r.disconnect()},[]),
t}function If({label:e,text:t,onText:n}){return l("label",{class:"search",children:[l(ve,{name:"search"}),l("span",{class:"sr",children:e}),l("input",{class:"inpu\
t",type:"search","data-filter":!0,placeholder:e,value:t,onInput:r=>n(r.currentTarget.value)})]})}function Hf({label:e,values:t,now:n,text:r,choose:s}){return l("div",{class:"seg",role:"group","aria-label":e,children:t.map(o=>l("button",{type:"button","aria-\
pressed":o===n,onClick:()=>s(o),children:r(o)},o))})}function Gf({label:e,tabs:t,chosen:n,onChoose:r,children:s}){let o=Te().replace(/\W/g,"");return l(E,{children:[l("div",{class:"tabs",role:"tablist","aria-label":e,
onKeyDown:a=>{let f=t.findIndex(([g])=>g===n),m={ArrowRight:f+1,ArrowLeft:f-1,Home:0,End:t.length-1}[a.key];if(m===void 0)return;a.preventDefault(),a.stopPropagation();
let u=(m+t.length)%t.length;r(t[u][0]),a.currentTarget.children[u].focus()},children:t.map(([a,f])=>l("button",{type:"button",role:"tab",id:`${o}-${a}`,"aria-se\
lected":a===n,"aria-controls":`${o}-panel`,tabIndex:a===n?0:-1,onClick:()=>r(a),children:f},a))}),l("div",{role:"tabpanel",id:`${o}-panel`,"aria-labelledby":`${o}\
-${n}`,children:s})]})}function ro(e,t,n,r,s){let o=Math.max(0,Math.floor(e/n)-s),i=Math.min(r,Math.ceil((e+t)/n)+s);return{first:Math.min(o,r),end:Math.max(i,Math.min(o,r))}}function oo(e,t,n,r,s){
let o=(e-s)*r,i=(e+1+s)*r;return o<t?Math.max(0,o):i>t+n?Math.max(0,Math.min(e*r,i-n)):t}var so=6;function Zf({label:e,role:t,count:n,rowPx:r,head:s,active:o,onMove:i,onKey:a,onOpen:f,rowProps:m,cells:u,class:g}){let d=Te().replace(/\W/g,""),c=N(null),
[h,x]=B({top:0,height:600}),y=N(0);it(()=>{let w=c.current,P=()=>x({top:w.scrollTop,height:w.clientHeight}),V=new ResizeObserver(P);V.observe(w);let z=()=>y.current||=
requestAnimationFrame(()=>(y.current=0,P()));return w.addEventListener("scroll",z,{passive:!0}),()=>{V.disconnect(),w.removeEventListener("scroll",z),cancelAnimationFrame(
y.current)}},[]),C(()=>{let w=c.current;if(!w||o<0)return;let P=oo(o,w.scrollTop,w.clientHeight-r,r,1);P!==w.scrollTop&&(w.scrollTop=P)},[o,n]);let M=Math.max(1,
Math.floor(h.height/r)-2),p=w=>n>0&&i(Math.min(n-1,Math.max(0,w))),_={ArrowDown:()=>p(o+1),ArrowUp:()=>p(o<0?n-1:o-1),PageDown:()=>p(o+M),PageUp:()=>p(o-M),Home:()=>p(
0),End:()=>p(n-1),Enter:()=>o>=0&&f?.(o)};_.j=_.ArrowDown,_.k=_.ArrowUp;let S=w=>{if(w.ctrlKey||w.metaKey||w.altKey||w.target!==c.current)return;let P=w.shiftKey?
void 0:_[w.key];if(P)P();else if(!a?.(w))return;w.preventDefault(),w.stopPropagation()},{first:U,end:I}=ro(h.top,h.height,r,n,so),ee=Math.ceil(h.height/r)+2*so+
1,G=[];for(let w=U;w<I;w++){let{class:P,...V}=m?.(w)??{};G.push(l("div",{role:"row",id:`${d}-${w}`,class:`v-row ${P??""}${w===o?" selected":""}`,"aria-rowindex":w+
2,"aria-selected":w===o,style:{transform:`translateY(${w*r}px)`,height:`${r}px`},onClick:()=>i(w),onDblClick:()=>f?.(w),...V,children:u(w)},w%ee))}return l("div",
{ref:c,class:`v-grid ${g??""}`,role:t,"aria-label":e,"aria-rowcount":n+1,tabIndex:0,"aria-activedescendant":o>=U&&o<I?`${d}-${o}`:void 0,onKeyDown:S,children:[l(
"div",{role:"row",class:"v-head","aria-rowindex":1,style:{height:`${r}px`},children:s}),l("div",{class:"v-rows",role:"rowgroup",style:{height:`${n*r}px`},children:G})]})}var ii=200;function ep(e,t){let[n,r]=B(e),s=N(e),o=N(void 0),i=N(t);return i.current=t,C(()=>{e!==s.current&&(clearTimeout(o.current),s.current=e,r(e))},[e]),C(
()=>()=>clearTimeout(o.current),[]),[n,f=>{r(f),clearTimeout(o.current),o.current=setTimeout(()=>{s.current=f,i.current(f)},ii)}]}function np(e){let t=e.trim().toLowerCase();return/^([0-9a-f]{16}|[0-9a-f]{32})$/.test(t)?t:null}function rp(e){return e.length<=12?e:`${e.slice(0,4)}…${e.slice(
-4)}`}function ip(e,t=[]){let n=e.items.map(({key:[s,o],spans:i,errors:a})=>({atMs:Date.parse(String(s)),bucket:ai(o)?o:null,spans:i,errors:a})),r={fromMs:Date.parse(
e.from),toMs:Date.parse(e.to),stepMs:(e.stepUs??6e7)/1e3,parts:e.bucketsPerDoubling??2};return Jn(r,n,t)}var ai=e=>typeof e=="object"&&e!==null&&"fromUs"in e;var li=[21,8,0,16,0,0,1,8,8,0],ui={l:8,m:16,n:4,r:8};function ci(e){let n=e.replace(/[\s)\]}"'’”.…]+$/u,"").at(-1)??"",r=n.codePointAt(0)??0;return r>=44032&&
r<=55203?(r-44032)%28:n>="0"&&n<="9"?li[Number(n)]:n==="%"?0:ui[n.toLowerCase()]??0}function fi(e,t){let[n,r]=t.split("/"),s=ci(e);return t==="으로/로"?s===0||
s===8?r:n:s===0?r:n}function lp(e,t){return e+fi(e,t)}var io=[90,95,97,98,99,99.5,99.7,99.8,99.9,99.95,99.99],ao=e=>Number((e/100).toFixed(9));function cp(e){return e.filter(({key:n,spans:r})=>n[0]&&n[1]&&r>0).slice(
0,3).map(({key:n,spans:r,errors:s})=>{let[o,i]=n,a=1-s/r,f=io.filter(u=>ao(u)<a);return{name:`${o}-${i}-availability`.toLowerCase().replace(/[^a-z0-9]+/g,"-").replace(
/^-|-$/g,"").slice(0,63),service:o,op:i,spans:r,achieved:a,target:ao(f.length>0?f[f.length-1]:io[0])}})}var lo=e=>(/^[\w.-]+$/.test(e)?e:`"${e.replace(/["\\]/g,
"\\$&")}"`).replaceAll("'","''");function fp({name:e,service:t,op:n,target:r}){let s=`service=${lo(t)} kind=server op=${lo(n)}`;return`apiVersion: openslo/v1
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
`}var uo=25,pi=60,co=new WeakMap;function gp(e,t){let n=co.get(e)??new Map;co.set(e,n);let[r,s]=B(),[o,i]=B(0),a=n.has(t);return C(()=>{if(a||t<0)return;let f=new AbortController;
s(void 0);let m=setTimeout(()=>{let u=Math.max(0,t-uo),g=Math.min(e.count-1,t+uo);zr(e.traceId,{rows:`${u}-${g}`},f.signal).then(d=>{for(let c of d.items)n.set(
c.row,c);i(c=>c+1)},d=>{f.signal.aborted||s(d instanceof J?d.problem:{title:String(d),status:F})})},pi);return()=>{clearTimeout(m),f.abort()}},[e,t,a,o]),{detail:n.
get(t),problem:r,retry:()=>i(f=>f+1)}}var vp=dn(()=>import("./heatmap.js").then(e=>e.Heatmap),!0),bp=dn(()=>import("./heatmap.js").then(e=>e.HeatTable),!0);export{E as a,mi as b,B as c,C as d,it as e,N as f,xe as g,l as h,F as i,qe as j,X as k,J as l,Y as m,Jn as n,Gt as o,Oi as p,Pi as q,Ni as r,Li as s,Ui as t,Zn as u,
Ii as v,Fi as w,Di as x,ip as y,Ae as z,he as A,ge as B,tr as C,lp as D,Ra as E,Oa as F,D as G,vr as H,v as I,H as J,Pa as K,Na as L,La as M,dt as N,Ge as O,Qo as P,
ie as Q,za as R,Wa as S,K as T,Qa as U,Ce as V,ve as W,Re as X,ae as Y,Qt as Z,ml as _,Xt as $,xr as aa,dl as ba,hl as ca,rs as da,Tr as ea,os as fa,is as ga,as as ha,
ls as ia,cs as ja,j as ka,be as la,Oe as ma,ms as na,gt as oa,bl as pa,We as qa,gs as ra,Pr as sa,ne as ta,Nr as ua,wl as va,_s as wa,Ur as xa,El as ya,vs as za,
bs as Aa,io as Ba,ao as Ca,cp as Da,fp as Ea,bt as Fa,Nl as Ga,qr as Ha,St as Ia,$s as Ja,Hl as Ka,we as La,Bl as Ma,ql as Na,Dr as Oa,Br as Pa,Ms as Qa,mu as Ra,
Cs as Sa,Us as Ta,Gr as Ua,du as Va,Vr as Wa,le as Xa,xt as Ya,Bs as Za,Au as _a,Fu as $a,Du as ab,zr as bb,Hu as cb,Bu as db,qu as eb,gp as fb,cn as gb,Ju as hb,
js as ib,Qu as jb,tc as kb,Vs as lb,nc as mb,rc as nb,Ws as ob,oc as pb,sc as qb,ic as rb,ac as sb,lc as tb,uc as ub,fc as vb,fn as wb,pc as xb,gc as yb,yc as zb,
bc as Ab,pn as Bb,Sc as Cb,xc as Db,Tc as Eb,$c as Fb,kc as Gb,Mc as Hb,Jr as Ib,Qs as Jb,Yr as Kb,Cc as Lb,eo as Mb,to as Nb,Vc as Ob,zc as Pb,Wc as Qb,Jc as Rb,
Zc as Sb,Ys as Tb,tf as Ub,sf as Vb,ri as Wb,uf as Xb,mf as Yb,oi as Zb,no as _b,df as $b,hf as ac,si as bc,gf as cc,_f as dc,bf as ec,xf as fc,dn as gc,Nf as hc,
vp as ic,bp as jc,If as kc,Hf as lc,Gf as mc,ro as nc,oo as oc,Zf as pc,ep as qc,np as rc,rp as sc};
