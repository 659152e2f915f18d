// node_modules/preact/dist/preact.mjs
var n, t, r, u, i, f, o, e, l, c, a, s, h = Symbol.for("pv"), p = {}, y = [], v = /^m(i|n|o|s|text|space)$/, w = Array.isArray, d = y.slice, _ = Object.assign;
function g(n3) {
  n3 && n3.parentNode && n3.remove();
}
function k(n3, t4, r4) {
  var u4, i4, f5, o5 = {}, e4 = arguments.length;
  for (f5 in t4) f5 == "key" ? u4 = t4[f5] : f5 == "ref" && typeof n3 != "function" ? i4 = t4[f5] : o5[f5] = t4[f5];
  return e4 > 2 && (o5.children = e4 > 3 ? d.call(arguments, 2) : r4), m(n3, o5, u4, i4, null);
}
function m(r4, u4, i4, f5, o5) {
  var e4 = { type: r4, props: u4, key: i4, ref: f5, __k: null, __: null, __b: 0, __e: null, __c: null, constructor: h, __v: o5 || ++t, __i: -1, __u: 0 };
  return !o5 && n.vnode && n.vnode(e4), e4;
}
function $(n3) {
  return n3.children;
}
function x(n3, t4) {
  this.props = n3, this.context = t4, this.__g = 0;
}
function S(n3, t4) {
  if (t4 == null) return n3.__ && S(n3.__, n3.__i + 1);
  for (var r4; t4 < n3.__k.length; t4++) if ((r4 = n3.__k[t4]) && r4.__e) return r4.__e;
  return typeof n3.type != "function" || n3.props.__P ? null : S(n3);
}
function C(t4) {
  var r4, u4 = t4.__v, i4 = u4.__e, f5 = [], o5 = [], e4 = t4.__P;
  e4 && ((r4 = _({ constructor: h }, u4)).__v = u4.__v + 1, n.vnode && n.vnode(r4), z(e4, r4, u4, t4.__n, e4.namespaceURI, 32 & u4.__u ? [i4] : null, f5, i4 || S(u4), 32 & u4.__u, o5), r4.__v = u4.__v, r4.__.__k[r4.__i] = r4, E(f5, r4, o5), u4.__ = u4.__e = null, r4.__e != i4 && j(r4));
}
function j(n3) {
  if ((n3 = n3.__) && n3.__c && !n3.props.__P) return n3.__e = null, n3.__k.some(function(t4) {
    return t4 && (n3.__e = t4.__e);
  }), j(n3);
}
function L(t4) {
  (8 & t4.__g || (t4.__g |= 8, u.push(t4), f++)) && i == n.debounceRendering || ((i = n.debounceRendering) || queueMicrotask)(H);
}
function H() {
  try {
    for (var n3, t4 = 1; u.length; ) u.length > t4 && u.sort(o), n3 = u.shift(), t4 = u.length, 8 & n3.__g && C(n3);
  } finally {
    (f = u.length) && (i || queueMicrotask)(H);
  }
}
function I(n3, t4, r4, u4, i4, f5, o5, e4, l4, c4, a5) {
  var s4, h5, v4, w5, d5, _4, g5 = u4.__k || y, k4 = t4.length;
  for (l4 = q(r4, t4, g5, l4, k4), s4 = 0; s4 < k4; s4++) (v4 = r4.__k[s4]) != null && (h5 = ~v4.__i && g5[v4.__i] || p, v4.__i = s4, _4 = z(n3, v4, h5, i4, f5, o5, e4, l4, c4, a5), w5 = v4.__e, (h5.ref != v4.ref || 8 & h5.__u) && (h5.ref && G(h5.ref, null, v4, h5), v4.ref && a5.push(v4.ref, v4.__c || w5, v4)), d5 = d5 || w5, 4 & v4.__u ? (l4 = A(v4, l4, n3, !h5.__v), h5.__e && (h5.__e = null)) : typeof v4.type == "function" && _4 !== void 0 ? l4 = _4 : w5 && (l4 = w5.nextSibling), v4.__u &= -21);
  return r4.__e = d5, l4;
}
function q(n3, t4, r4, u4, i4) {
  var f5, o5, e4, l4, c4, a5, s4, p5, y5, v4 = r4.length, d5 = v4, _4 = 0, g5 = 0, k4 = n3.__k = Array(i4);
  for (f5 = 0; f5 < i4; f5++) (o5 = t4[f5]) != null && typeof o5 != "boolean" && typeof o5 != "function" ? (typeof o5 != "object" || o5.constructor === String ? o5 = k4[f5] = m(null, o5) : w(o5) ? o5 = k4[f5] = m($, { children: o5 }) : o5.constructor === h && o5.__b ? o5 = k4[f5] = m(o5.type, o5.props, o5.key, o5.ref, o5.__v) : k4[f5] = o5, l4 = f5 + _4, o5.__ = n3, o5.__b = n3.__b + 1, e4 = null, ~(c4 = o5.__i = P(o5, r4, l4, d5)) && (d5--, (e4 = r4[c4]) && (e4.__u |= 2)), e4 && e4.__v ? (o5.__u |= 16, c4 == l4 - 1 ? _4-- : c4 == l4 + 1 ? _4++ : c4 != l4 && (c4 > l4 ? _4-- : _4++, g5 = 1)) : (~c4 || (i4 > v4 ? _4-- : i4 < v4 && _4++), typeof o5.type != "function" && (o5.__u |= 4))) : k4[f5] = null;
  if (g5) {
    for (a5 = [], s4 = [], f5 = 0; f5 < i4; f5++) if ((o5 = k4[f5]) && 16 & o5.__u) {
      for (_4 = 0, p5 = a5.length; _4 < p5; ) a5[y5 = _4 + p5 >> 1] < o5.__i ? _4 = y5 + 1 : p5 = y5;
      a5[_4] = o5.__i, s4[f5] = _4 + 1;
    }
    for (_4 = a5.length; f5--; ) s4[f5] && (s4[f5] == _4 ? _4-- : k4[f5].__u |= 4);
  }
  if (d5) for (f5 = 0; f5 < v4; f5++) !(e4 = r4[f5]) || 2 & e4.__u || (e4.__e == u4 && (u4 = S(e4)), J(e4, e4));
  return u4;
}
function A(n3, t4, r4, u4) {
  var i4, f5, o5, e4;
  if (typeof n3.type == "function") {
    if (n3.props.__P) return t4;
    if (i4 = n3.__k) for (f5 = 0; f5 < i4.length; f5++) i4[f5] && (i4[f5].__ = n3, t4 = A(i4[f5], t4, r4, !1));
    return t4;
  }
  for (t4 && !t4.parentNode && (t4 = S(n3)) && !t4.parentNode && (t4 = null), o5 = n3.__e, e4 = t4; e4 && e4.nodeType == 8; ) e4 = e4.nextSibling;
  for (o5 != e4 && (!u4 && r4.moveBefore && o5.parentNode ? r4.moveBefore(o5, t4) : r4.insertBefore(o5, t4 || null)), t4 = o5; (t4 = t4 && t4.nextSibling) && t4.nodeType == 8 && !t4.data.startsWith("$s"); ) ;
  return t4;
}
function P(n3, t4, r4, u4) {
  var i4, f5 = n3.key, o5 = n3.type, e4 = t4[r4], l4 = e4 && !(2 & e4.__u);
  if (e4 === null && f5 == null || l4 && f5 == e4.key && o5 == e4.type) return r4;
  if (u4 > (l4 ? 1 : 0)) {
    for (i4 = r4 - 1; i4 >= 0; i4--) if ((e4 = t4[i4]) && !(2 & e4.__u) && f5 == e4.key && o5 == e4.type) return i4;
    for (i4 = r4 + 1; i4 < t4.length; i4++) if ((e4 = t4[i4]) && !(2 & e4.__u) && f5 == e4.key && o5 == e4.type) return i4;
  }
  return -1;
}
function T(n3, t4, r4) {
  r4 == null && (r4 = ""), t4[0] == "-" ? n3.setProperty(t4, r4) : n3[t4] = r4;
}
function N(n3, t4, r4, u4, i4) {
  var f5, o5;
  if (t4 == "style") if (typeof r4 == "string") n3.style.cssText = r4;
  else {
    if (typeof u4 == "string" && (n3.style.cssText = u4 = ""), u4) for (t4 in u4) r4 && t4 in r4 || T(n3.style, t4);
    if (r4) for (t4 in r4) u4 && r4[t4] == u4[t4] || T(n3.style, t4, r4[t4]);
  }
  else if (t4[0] == "o" && t4[1] == "n") typeof r4 != "function" && (r4 = null), typeof u4 != "function" && (u4 = null), (n3.__e || (n3.__e = {}))[t4] = r4, r4 && u4 || (o5 = a[t4] || (a[t4] = V(t4)), (n3.__a || (n3.__a = {}))[t4] = c, f5 = t4 != (t4 = t4.replace(l, "$1")), (t4 = t4.slice(2))[0] < "a" && (t4 = t4.toLowerCase()), r4 ? n3.addEventListener(t4, o5, f5) : n3.removeEventListener(t4, o5, f5));
  else {
    if (i4 == "http://www.w3.org/2000/svg") t4 = t4.replace(/xlink(H|:h)/, "h").replace(/sName$/, "s");
    else if (t4 != "width" && t4 != "height" && t4 != "href" && t4 != "list" && t4 != "form" && t4 != "tabIndex" && t4 != "download" && t4 != "rowSpan" && t4 != "colSpan" && t4 != "role" && t4 != "popover" && t4 in n3) try {
      return void (n3[t4] = r4 ?? "");
    } catch {
    }
    if (typeof r4 == "function") return;
    r4 == null || r4 === !1 && t4[4] != "-" ? n3.removeAttribute(t4) : n3.setAttribute(t4, t4 == "popover" && r4 == 1 ? "" : r4);
  }
}
function V(t4) {
  return function(r4) {
    var u4 = this.__e;
    if (u4) {
      if (u4 = u4[t4], r4[e] == null) r4[e] = c++;
      else if (r4[e] < this.__a[t4]) return;
      return u4(n.event ? n.event(r4) : r4);
    }
  };
}
function z(t4, r4, u4, i4, f5, o5, e4, l4, c4, a5) {
  var s4, p5, v4, d5, k4, b3, m5, M2, C3, j3, L2, H3, q2, A4, O2, P3, T4, N2, V2 = r4.type;
  if (r4.constructor !== h) return null;
  128 & u4.__u && (c4 = 32 & u4.__u, s4 = u4.__c.__z) && (r4.__u |= c4, p5 = o5 = [], s4.nodeType == 8 ? l4 = B(s4, o5) : o5.push(s4), l4 = o5[0] || l4), (s4 = n.__b) && s4(r4);
  n: if (typeof V2 == "function") {
    v4 = e4.length;
    try {
      if (M2 = r4.props, C3 = (s4 = V2.prototype) && s4.render, j3 = (s4 = V2.contextType) && i4[s4.__c], L2 = s4 ? j3 ? j3.props.value : s4.__ : i4, (d5 = u4.__c) ? (r4.__c = d5, 2 & d5.__g && (d5.__g |= 1)) : (C3 ? r4.__c = d5 = new V2(M2, L2) : (r4.__c = d5 = new x(M2, L2), d5.constructor = V2, d5.render = K), j3 && j3.sub(d5), d5.state || (d5.state = {}), d5.__n = i4, d5.__g |= 8, d5.__h = [], d5.__k = []), C3 && (d5.__s || (d5.__s = d5.state), V2.getDerivedStateFromProps && (d5.__s == d5.state && (d5.__s = _({}, d5.__s)), _(d5.__s, V2.getDerivedStateFromProps(M2, d5.__s)))), k4 = d5.props, b3 = d5.state, d5.__v = r4, u4.__c) {
        if (M2 !== k4 && C3 && !V2.getDerivedStateFromProps && d5.componentWillReceiveProps && d5.componentWillReceiveProps(M2, L2), r4.__v == u4.__v && !(8 & d5.__g) || !(4 & d5.__g) && d5.shouldComponentUpdate && d5.shouldComponentUpdate(M2, d5.__s, L2) === !1) {
          r4.__v != u4.__v && (d5.props = M2, d5.state = d5.__s, d5.__g &= -9), r4.__e = u4.__e, r4.__k = u4.__k, r4.__k.some(function(n3) {
            n3 && (n3.__ = r4);
          }), y.push.apply(d5.__h, d5.__k), d5.__k = [], d5.__h.length && e4.push(d5), l4 = S(u4);
          break n;
        }
        d5.componentWillUpdate && d5.componentWillUpdate(M2, d5.__s, L2), C3 && d5.componentDidUpdate && d5.__h.push(function() {
          d5.componentDidUpdate(k4, b3, m5);
        });
      } else C3 && !V2.getDerivedStateFromProps && d5.componentWillMount && d5.componentWillMount(), C3 && d5.componentDidMount && d5.__h.push(d5.componentDidMount);
      d5.context = L2, d5.props = M2, d5.__P = t4, d5.__g &= -5, H3 = n.__r, q2 = C3 ? 25 : 0;
      do
        d5.__g &= -9, H3 && H3(r4), s4 = d5.render(d5.props, d5.state = d5.__s, d5.context);
      while (8 & d5.__g && ++q2 < 25);
      C3 && (y.push.apply(d5.__h, d5.__k), d5.__k = []), d5.state = d5.__s, d5.getChildContext && (i4 = _({}, i4, d5.getChildContext())), C3 && u4.__c && d5.getSnapshotBeforeUpdate && (m5 = d5.getSnapshotBeforeUpdate(k4, b3)), A4 = s4 && s4.type === $ && s4.key == null ? s4.props.children : s4, M2.__P && (s4 = l4, f5 = (t4 = M2.__P).namespaceURI, c4 = o5 = null, u4.props && u4.props.__P != t4 && (u4.__k.some(function(n3) {
        n3 && J(n3, n3);
      }), u4.__k = null), l4 = u4.__k ? S(u4, 0) : null), l4 = I(t4, w(A4) ? A4 : [A4], r4, u4, i4, f5, o5, e4, l4, c4, a5), M2.__P && (r4.__e = null, l4 = s4), r4.__u &= -161, p5 && p5.some(g), d5.__h.length && e4.push(d5), 1 & d5.__g && (d5.__g &= -4);
    } catch (t5) {
      if (e4.length = v4, r4.__v = null, c4 || o5) if (t5 && t5.then) {
        if (r4.__u |= 128 | c4, o5) {
          for (~(T4 = o5.indexOf(l4 || void 0)) || (T4 = o5.length); (N2 = o5[T4 - 1]) && N2.nodeType == 8; ) T4--;
          for (; T4 < o5.length; T4++) if (N2 = o5[T4]) if (o5[T4] = null, O2) {
            if (N2 == P3) break;
          } else {
            if (N2.nodeType != 8) break;
            N2.data.startsWith("$s") && (P3 = B(O2 = N2));
          }
        }
        if (!O2) {
          for (; l4 && l4.nodeType == 8 && l4.nextSibling; ) l4 = l4.nextSibling;
          O2 = l4;
        }
        (s4 = B(O2 = r4.__c.__z || (r4.__c.__z = O2))) ? (r4.__e = O2, l4 = s4) : r4.__e = l4, l4 = l4 && l4.nextSibling;
      } else o5 && o5.some(g);
      else r4.__e = u4.__e;
      r4.__k || (r4.__k = u4.__k || []), t5 && t5.then || D(r4), n.__e(t5, r4, u4);
    }
  } else l4 = r4.__e = F(u4.__e, r4, u4, i4, f5, o5, e4, c4, a5, t4);
  return (s4 = n.diffed) && s4(r4), l4;
}
function B(n3, t4) {
  if (n3 && n3.nodeType == 8 && n3.data.startsWith("$s")) for (var r4 = 1; n3 = n3.nextSibling; ) {
    if (n3.nodeType == 8) {
      if (n3.data.startsWith("$s")) r4++;
      else if (n3.data.startsWith("/$s") && !--r4) return n3;
    }
    t4 && t4.push(n3);
  }
}
function D(n3) {
  n3 && (n3.__c && (n3.__c.__g |= 4), n3.__k && n3.__k.some(D));
}
function E(t4, r4, u4) {
  for (var i4 = 0; i4 < u4.length; ) G(u4[i4++], u4[i4++], u4[i4++]);
  n.__c && n.__c(r4, t4), t4.some(function(r5) {
    try {
      t4 = r5.__h, r5.__h = [], t4.some(function(n3) {
        n3.call(r5);
      });
    } catch (t5) {
      n.__e(t5, r5.__v);
    }
  });
}
function F(t4, r4, u4, i4, f5, o5, e4, l4, c4, a5) {
  var s4, h5, y5, _4, k4, b3, m5, M2, $2 = u4.props || p, x3 = r4.props, C3 = r4.type;
  if (C3 == "svg" ? f5 = "http://www.w3.org/2000/svg" : C3 == "math" ? f5 = "http://www.w3.org/1998/Math/MathML" : f5 || (f5 = "http://www.w3.org/1999/xhtml"), o5) {
    for (s4 = 0; s4 < o5.length; s4++) if ((k4 = o5[s4]) && (C3 ? k4.localName == C3 : k4.nodeType == 3)) {
      t4 = k4, o5[s4] = null;
      break;
    }
  }
  if (!t4) {
    if (M2 = a5.ownerDocument || document, !C3) return M2.createTextNode(x3);
    t4 = M2.createElementNS(f5, C3, x3.is ? x3 : a5), l4 && (n.__m && n.__m(r4, o5), l4 = !1), o5 = null;
  }
  if (C3) {
    if (a5 = C3 == "template" && t4.content || t4, o5 = C3 == "textarea" && x3.defaultValue != null ? null : o5 && d.call(a5.childNodes), !l4 && o5) for ($2 = {}, s4 = 0; s4 < t4.attributes.length; s4++) $2[(k4 = t4.attributes[s4]).name] = k4.value;
    for (s4 in $2) k4 = $2[s4], s4 == "dangerouslySetInnerHTML" ? y5 = k4 : s4 == "children" || s4 in x3 || s4 == "value" && "defaultValue" in x3 || s4 == "checked" && "defaultChecked" in x3 || N(t4, s4, null, k4, f5);
    for (s4 in x3) k4 = x3[s4], s4 == "children" ? _4 = k4 : s4 == "dangerouslySetInnerHTML" ? h5 = k4 : s4 == "value" ? b3 = k4 : s4 == "checked" ? m5 = k4 : l4 && typeof k4 != "function" || $2[s4] === k4 || N(t4, s4, k4, $2[s4], f5);
    h5 ? (l4 || y5 && (h5.__html == y5.__html || h5.__html == t4.innerHTML) || (t4.innerHTML = h5.__html), r4.__k = []) : (y5 && (t4.textContent = ""), (C3 == "foreignObject" || f5 == "http://www.w3.org/1998/Math/MathML" && v.test(C3)) && (f5 = "http://www.w3.org/1999/xhtml"), I(a5, w(_4) ? _4 : [_4], r4, u4, i4, f5, o5, e4, o5 ? o5[0] : u4.__k && S(u4, 0), l4, c4), o5 && o5.some(g)), l4 && C3 != "textarea" || (s4 = "value", C3 == "progress" && b3 == null ? t4.removeAttribute(s4) : b3 == null || b3 === t4[s4] && (C3 != "progress" || b3) || N(t4, s4, b3, $2[s4], f5), s4 = "checked", m5 != null && m5 != t4[s4] && N(t4, s4, m5, $2[s4], f5));
  } else $2 === x3 || l4 && t4.data == x3 || (t4.data = x3);
  return t4;
}
function G(t4, r4, u4, i4) {
  try {
    typeof t4 == "function" ? r4 ? r4.__x = t4(r4) || 1 : i4 && (i4 = i4.__c || i4.__e) && (r4 = i4.__x) && (i4.__x = null, typeof r4 == "function" ? r4() : t4(null)) : t4.current = r4;
  } catch (t5) {
    n.__e(t5, u4);
  }
}
function J(t4, r4, u4) {
  var i4, f5, o5, e4;
  if (n.unmount && n.unmount(t4), !(i4 = t4.ref) || i4.current && i4.current != t4.__e || G(i4, null, r4, t4), i4 = t4.__c) {
    if (i4.componentWillUnmount) try {
      i4.componentWillUnmount();
    } catch (t5) {
      n.__e(t5, r4);
    }
    i4.__P = i4.__n = null;
  }
  if (i4 = t4.__k) for (e4 = 0; e4 < i4.length; e4++) i4[e4] && J(i4[e4], r4, typeof t4.type != "function" || u4 && !t4.props.__P);
  !u4 && (i4 = t4.__c) && (i4 = i4.__z) && (f5 = B(i4, o5 = [])) && (i4 == t4.__e && o5.some(g), g(f5), g(i4)), u4 || g(t4.__e), t4.__e = t4.__c = t4.__ = null;
}
function K(n3, t4, r4) {
  return this.constructor(n3, r4);
}
function Q(t4, r4) {
  var u4, i4, f5, o5;
  n.__ && n.__(t4, r4), r4.nodeType == 9 && (r4 = r4.documentElement), i4 = (u4 = t4 && 32 & t4.__u) ? null : r4.__k, r4.__k = m($, { children: [t4] }), f5 = [], o5 = [], z(r4, r4.__k, i4 || p, p, r4.namespaceURI, i4 ? null : r4.firstChild ? d.call(r4.childNodes) : null, f5, i4 ? i4.__e : r4.firstChild, u4, o5), E(f5, r4.__k, o5), r4.__k.props.children = null;
}
n = { __e: function(n3, t4, r4, u4) {
  for (var i4, o5, e4; t4 = t4.__; ) if ((i4 = t4.__c) && !(1 & i4.__g)) {
    i4.__g |= 4;
    try {
      if ((e4 = (o5 = i4.constructor) && o5.getDerivedStateFromError) && i4.setState(o5.getDerivedStateFromError(n3)), i4.componentDidCatch && (i4.componentDidCatch(n3, u4 || {}), e4 = 1), e4 && 8 & i4.__g) return void (i4.__g |= 2);
    } catch (t5) {
      n3 = t5;
    }
  }
  throw f = 0, n3;
} }, t = 0, r = function(n3) {
  return n3 != null && n3.constructor === h;
}, x.prototype.setState = function(n3, t4) {
  var r4 = this.__s;
  r4 && r4 != this.state || (r4 = this.__s = _({}, this.state)), typeof n3 == "function" && (n3 = n3(_({}, r4), this.props)), n3 && (_(r4, n3), this.__v && (t4 && this.__k.push(t4), L(this)));
}, x.prototype.forceUpdate = function(n3) {
  this.__v && (this.__g |= 4, n3 && this.__h.push(n3), L(this));
}, x.prototype.render = $, u = [], f = 0, o = function(n3, t4) {
  return n3.__v.__b - t4.__v.__b;
}, e = Symbol(), l = /(PointerCapture)$|Capture$/i, c = 0, a = {}, s = 0;

// node_modules/preact/hooks/dist/hooks.mjs
var t2, r2, u2, i2, o2 = Object.is, f2 = 0, c2 = [], e2 = [], a2 = n, v2 = a2.__b, l2 = a2.__r, m2 = a2.diffed, h2 = a2.__c, s2 = a2.unmount, p2 = a2.__;
function y2(n3, t4) {
  a2.__h && a2.__h(r2, n3, f2 || t4), f2 = 0;
  var u4 = r2.__H || (r2.__H = { __: [], __h: [] });
  return n3 >= u4.__.length && u4.__.push({}), u4.__[n3];
}
function d2(n3) {
  return f2 = 1, _2(G2, n3);
}
function _2(n3, u4, i4) {
  var f5 = y2(t2++, 2);
  if (f5.t = n3, !f5.__c && (f5.__ = [i4 ? i4(u4) : G2(void 0, u4), function(n4) {
    var t4 = (f5.__N || f5.__)[0], r4 = f5.t(t4, n4);
    o2(t4, r4) || (f5.__N = [r4, f5.__[1]], f5.__c.setState({}));
  }], f5.__c = r2, !r2.__f)) {
    r2.__f = !0;
    var c4 = r2.shouldComponentUpdate;
    r2.shouldComponentUpdate = function(n4, t4, r4) {
      var u5 = this.__H;
      if (!u5) return !0;
      var i5 = !1, f6 = this.props != n4;
      if (u5.__.some(function(n5) {
        n5.__N && (i5 = !0, o2(n5.__[0], n5.__N[0]) || (f6 = !0));
      }), c4) {
        var e4 = c4.call(this, n4, t4, r4);
        return i5 ? e4 || f6 : e4;
      }
      return !i5 || f6;
    };
  }
  return f5.__;
}
function A2(n3, u4) {
  var i4 = y2(t2++, 3);
  !a2.__s && E2(i4.__H, u4) && (i4.__P = !0, i4.__ = n3, i4.u = u4, r2.__H.__h.push(i4));
}
function F2(n3, u4) {
  var i4 = y2(t2++, 4);
  !a2.__s && E2(i4.__H, u4) && (i4.__P = !1, i4.__ = n3, i4.u = u4, r2.__h.push(i4));
}
function T2(n3) {
  return f2 = 5, w2(function() {
    return { current: n3 };
  }, []);
}
function w2(n3, r4) {
  var u4 = y2(t2++, 7);
  return E2(u4.__H, r4) && (u4.__ = n3(), u4.__H = r4), u4.__;
}
function P2() {
  var n3 = y2(t2++, 11);
  if (!n3.__) {
    for (var u4 = r2.__v; !u4.__m && u4.__; ) u4 = u4.__;
    var i4 = u4.__m || (u4.__m = [0, 0]);
    n3.__ = "P" + i4[0] + "-" + i4[1]++;
  }
  return n3.__;
}
function g2() {
  var n3;
  do {
    for (; n3 = e2.shift(); ) try {
      C2(n3);
    } catch (t5) {
      a2.__e(t5, { __: (n3 = n3.__P) && n3.__v });
    }
    for (; n3 = c2.shift(); ) {
      var t4 = n3.__H;
      if (n3.__P && t4) try {
        t4.__h.some(C2), t4.__h.some(D2), t4.__h = [];
      } catch (r4) {
        t4.__h = [], a2.__e(r4, n3.__v);
      }
    }
  } while (e2.length);
}
a2.__b = function(n3) {
  r2 = null, v2 && v2(n3);
}, a2.__ = function(n3, t4) {
  n3 && t4.__k && t4.__k.__m && (n3.__m = t4.__k.__m), p2 && p2(n3, t4);
}, a2.__r = function(n3) {
  l2 && l2(n3), t2 = 0;
  var i4 = (r2 = n3.__c).__H;
  i4 && (u2 == r2 ? r2.__h = [] : (i4.__h.some(C2), i4.__h.some(D2), t2 = 0), i4.__h = [], i4.__.some(function(n4) {
    n4.__N && (n4.__ = n4.__N), n4.u = n4.__N = void 0;
  })), u2 = r2;
}, a2.diffed = function(n3) {
  m2 && m2(n3);
  var t4 = n3.__c;
  t4 && t4.__H && (t4.__H.__h.length && B2(c2.push(t4)), t4.__H.__.some(function(n4) {
    n4.u && (n4.__H = n4.u);
  })), u2 = r2 = null;
}, a2.__c = function(n3, t4) {
  t4.some(function(n4) {
    try {
      n4.__h.some(C2), n4.__h = n4.__h.filter(function(n5) {
        return !n5.__ || D2(n5);
      });
    } catch (t5) {
      n4.__h = [function() {
        throw t5;
      }];
    }
  }), h2 && h2(n3, t4);
}, a2.unmount = function(n3) {
  s2 && s2(n3);
  var t4, r4, u4 = n3.__c;
  u4 && u4.__H && (u4.__H.__.some(function(u5) {
    try {
      if (u5.__P && u5.__c) {
        if (r4 === void 0) {
          for (r4 = n3.__; r4 && (!r4.__c || !r4.__c.__P); ) r4 = r4.__;
          r4 = r4 && r4.__c;
        }
        u5.__P = r4, B2(e2.push(u5));
      } else C2(u5);
    } catch (n4) {
      t4 = n4;
    }
  }), u4.__H = void 0, t4 && a2.__e(t4, u4.__v));
};
var k2 = typeof requestAnimationFrame == "function";
function z2(n3) {
  var t4, r4 = function() {
    clearTimeout(u4), k2 && cancelAnimationFrame(t4), setTimeout(n3);
  }, u4 = setTimeout(r4, 35);
  k2 && (t4 = requestAnimationFrame(r4));
}
function B2(n3) {
  n3 != 1 && i2 == a2.requestAnimationFrame || ((i2 = a2.requestAnimationFrame) || z2)(g2);
}
function C2(n3) {
  var t4 = r2, u4 = n3.__c;
  typeof u4 == "function" && (n3.__c = void 0, u4()), r2 = t4;
}
function D2(n3) {
  var t4 = r2;
  n3.__c = n3.__(), r2 = t4;
}
function E2(n3, t4) {
  return !n3 || n3.length != t4.length || t4.some(function(t5, r4) {
    return !o2(t5, n3[r4]);
  });
}
function G2(n3, t4) {
  return typeof t4 == "function" ? t4(n3) : t4;
}

// node_modules/preact/jsx-runtime/dist/jsxRuntime.mjs
var f3 = Symbol.for("pv"), o3 = 0;
function a3(t4, e4, n3, u4, a5, i4) {
  e4 || (e4 = {});
  var c4, l4, p5 = e4;
  if ("ref" in p5 && typeof t4 != "function") for (l4 in p5 = {}, e4) l4 == "ref" ? c4 = e4[l4] : p5[l4] = e4[l4];
  var s4 = { type: t4, props: p5, key: n3, ref: c4, __k: null, __: null, __b: 0, __e: null, __c: null, constructor: f3, __v: --o3, __i: -1, __u: 0 };
  return (a5 || i4) && (s4.__source = a5, s4.__self = i4), n.vnode && n.vnode(s4), s4;
}

// src/url/codec.ts
function text() {
  return { read: (raw) => raw ?? "", write: (value) => value || null };
}
function choice(values, fallback) {
  return {
    read: (raw) => values.includes(raw) ? raw : fallback,
    write: (value) => value === fallback ? null : value
  };
}
function flag() {
  return { read: (raw) => raw === "1", write: (value) => value ? "1" : null };
}
function readQuery(params, search) {
  let given = new URLSearchParams(search), values = {};
  for (let [name, param] of Object.entries(params)) values[name] = param.read(given.get(name));
  return values;
}
function writeQuery(params, values) {
  let parts = [];
  for (let [name, param] of Object.entries(params)) {
    let value = values[name], raw = value === void 0 ? null : param.write(value);
    raw !== null && parts.push(`${name}=${escapeQuery(raw)}`);
  }
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}
function escapeQuery(raw) {
  return encodeURIComponent(raw).replace(/%(20|2F|3A|2C|3D|40)/g, (code) => code === "%20" ? "+" : decodeURIComponent(code));
}

// src/api/client.ts
var API = "/api/nines/v1", UNREACHABLE = 0;
function apiUrl(path, query = {}) {
  let parts = Object.entries(query).flatMap(([name, value]) => value === void 0 || value === "" ? [] : [`${name}=${escapeQuery(String(value))}`]);
  return API + path + (parts.length === 0 ? "" : `?${parts.join("&")}`);
}
var ApiError = class extends Error {
  constructor(problem, url) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
    this.url = url;
  }
  problem;
  url;
};
async function getJson(url, lang2, signal, body) {
  let response;
  try {
    response = await fetch(`${url}${url.includes("?") ? "&" : "?"}lang=${lang2}`, {
      signal,
      headers: { accept: "application/json", ...body === void 0 ? {} : { "content-type": "application/json" } },
      ...body === void 0 ? {} : { method: "POST", body }
    });
  } catch (error) {
    throw signal?.aborted ? error : new ApiError({ title: "unreachable", status: UNREACHABLE }, url);
  }
  let answer = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer;
  let given = typeof answer == "object" && answer !== null ? answer : {};
  throw new ApiError({ ...given, title: given.title ?? (response.statusText || String(response.status)), status: response.status }, url);
}

// src/ui/heatgrid.ts
function bucketOf(us, parts) {
  if (us < parts) return us;
  let shift = Math.floor(Math.log2(us)) - Math.log2(parts);
  return (shift + 1) * parts + Math.floor(us / 2 ** shift) - parts;
}
function boundsOfBucket(bucket, parts) {
  if (bucket < parts) return { fromUs: bucket, toUs: bucket };
  let size = 2 ** (Math.floor(bucket / parts) - 1), fromUs = (bucket % parts + parts) * size;
  return { fromUs, toUs: fromUs + size - 1 };
}
function gridOf(window2, cells, shownUs = []) {
  let { fromMs, toMs, stepMs, parts } = window2, firstMs = Math.floor(fromMs / stepMs) * stepMs, columns = Math.min(4e3, Math.max(1, Math.floor((toMs - firstMs) / stepMs) + 1)), buckets = cells.flatMap(({ bucket }) => bucket ? [bucketOf(bucket.fromUs, parts)] : []);
  for (let us of shownUs) buckets.push(bucketOf(us, parts));
  let low = buckets.reduce((least, bucket) => Math.min(least, bucket), 1 / 0), high = buckets.reduce((most, bucket) => Math.max(most, bucket), -1 / 0), rows = buckets.length === 0 ? [] : Array.from({ length: high - low + 1 }, (_4, i4) => boundsOfBucket(low + i4, parts)), grid = {
    fromMs,
    toMs,
    stepMs,
    columns,
    rows,
    spans: new Float64Array(columns * rows.length),
    errors: new Float64Array(columns * rows.length),
    allSpans: new Float64Array(columns),
    allErrors: new Float64Array(columns)
  };
  for (let { atMs, bucket, spans, errors } of cells) {
    let column = Math.round((atMs - firstMs) / stepMs);
    if (column < 0 || column >= columns || (grid.allSpans[column] += spans, grid.allErrors[column] += errors, !bucket)) continue;
    let at = column * rows.length + bucketOf(bucket.fromUs, parts) - low;
    grid.spans[at] += spans, grid.errors[at] += errors;
  }
  return grid;
}
var startOfColumn = (grid, column) => Math.floor(grid.fromMs / grid.stepMs) * grid.stepMs + column * grid.stepMs;
function cellsOf(grid, box) {
  if (!box || grid.rows.length === 0) return null;
  let first = startOfColumn(grid, 0), c0 = Math.max(0, Math.floor((box.fromMs - first) / grid.stepMs)), c1 = Math.min(grid.columns - 1, Math.ceil((box.toMs - first) / grid.stepMs) - 1), r0 = grid.rows.findIndex((row) => row.toUs >= box.fromUs), r1 = grid.rows.findLastIndex((row) => row.fromUs <= box.toUs);
  return c0 > c1 || r0 < 0 || r1 < r0 ? null : { c0, c1, r0, r1 };
}
function boxOf(grid, { c0, c1, r0, r1 }) {
  return {
    fromMs: Math.max(grid.fromMs, startOfColumn(grid, c0)),
    toMs: Math.min(grid.toMs, startOfColumn(grid, c1 + 1)),
    fromUs: grid.rows[r0].fromUs,
    toUs: grid.rows[r1].toUs
  };
}
function sumOf(grid, cells) {
  let sum = { spans: 0, errors: 0 };
  if (!cells) return sum;
  for (let c4 = cells.c0; c4 <= cells.c1; c4++)
    for (let r4 = cells.r0; r4 <= cells.r1; r4++)
      sum.spans += grid.spans[c4 * grid.rows.length + r4], sum.errors += grid.errors[c4 * grid.rows.length + r4];
  return sum;
}
var wholeOf = (grid) => ({ c0: 0, c1: grid.columns - 1, r0: 0, r1: grid.rows.length - 1 });
function quantileOf(grid, column, q2) {
  let n3 = grid.rows.length, counts = grid.spans.subarray(column * n3, column * n3 + n3), rank2 = Math.max(1, Math.ceil(q2 * counts.reduce((sum, count) => sum + count, 0))), below = 0;
  for (let r4 = 0; r4 < n3; r4++)
    if (below += counts[r4], below >= rank2) return grid.rows[r4].toUs;
  return null;
}
var S2 = 1e3, MIN = 60 * S2, H2 = 60 * MIN, TICK_STEPS_MS = [S2, 2 * S2, 5 * S2, 10 * S2, 15 * S2, 30 * S2, MIN, 2 * MIN, 5 * MIN, 10 * MIN, 15 * MIN, 30 * MIN, H2, 2 * H2, 3 * H2, 6 * H2, 12 * H2, 24 * H2, 48 * H2, 168 * H2];
function timeTicks(fromMs, toMs, wanted, offsetMs) {
  let stepMs = TICK_STEPS_MS.find((step) => (toMs - fromMs) / step <= wanted) ?? TICK_STEPS_MS[TICK_STEPS_MS.length - 1], at = [];
  for (let tick = Math.ceil((fromMs + offsetMs) / stepMs) * stepMs - offsetMs; tick <= toMs; tick += stepMs) at.push(tick);
  return { stepMs, at };
}
function durationTicks(lowUs, highUs, wanted) {
  let powers = [];
  for (let us = 1; us <= highUs; us *= 10) powers.push(us);
  let inside = (list) => list.filter((us) => us >= lowUs && us <= highUs), few = inside(powers);
  if (few.length >= 3) {
    let every = Math.ceil(few.length / Math.max(1, wanted));
    return few.filter((_4, i4) => (few.length - 1 - i4) % every === 0);
  }
  return inside(powers.flatMap((us) => [us, 2 * us, 5 * us])).slice(-wanted);
}

// src/shell/storage.ts
var PREFIX = "nines.";
function readChoice(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}
function saveChoice(name, value) {
  try {
    value === null ? localStorage.removeItem(PREFIX + name) : localStorage.setItem(PREFIX + name, value);
  } catch {
  }
}

// src/i18n/format.ts
var LENGTH_UNITS = { s: "second", m: "minute", h: "hour", d: "day", w: "week" }, UNITS = [
  ["day", 864e8],
  ["hour", 36e8],
  ["minute", 6e7],
  ["second", 1e6]
];
function fractionDigits(percent) {
  for (let digits = 0; digits < 4; digits++)
    if (Math.abs(percent - Number(percent.toFixed(digits))) < 1e-9) return digits;
  return 4;
}
function threeDigits(value) {
  let digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}
function parseLength(text2) {
  let match = /^(\d+)(us|ms|s|m|h|d|w)$/.exec(text2);
  if (!match) return null;
  let unit = { us: 1, ms: 1e3, s: 1e6, m: 6e7, h: 36e8, d: 864e8, w: 7 * 864e8 }[match[2]];
  return Number(match[1]) * (unit ?? 0);
}
function inLargestUnit(us) {
  for (let [unit, size] of UNITS)
    if (us >= size) return [Math.round(us / size), unit];
  return [Math.round(us / 1e6), "second"];
}
var BYTE_UNITS = ["B", "kB", "MB", "GB", "TB"];
function bytes(n3) {
  let unit = 0;
  for (; n3 >= 999.5 && unit < BYTE_UNITS.length - 1; )
    n3 /= 1e3, unit++;
  return `${unit === 0 ? Math.round(n3) : threeDigits(n3)} ${BYTE_UNITS[unit]}`;
}
function formatsOf(lang2, zone2 = "local") {
  let timeZone = zone2 === "utc" ? "UTC" : void 0, offsetMs = (ms) => zone2 === "utc" ? 0 : -new Date(ms).getTimezoneOffset() * 6e4, dayOf = (ms) => Math.floor((ms + offsetMs(ms)) / 864e5), locale = lang2 === "ko" ? "ko-KR" : "en-GB", integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }), relative = new Intl.RelativeTimeFormat(locale, { numeric: "always", style: lang2 === "ko" ? "long" : "short" }), clock = new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }), dayClock = new Intl.DateTimeFormat(locale, {
    timeZone,
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23"
  }), minute = new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }), day = new Intl.DateTimeFormat(locale, { timeZone, month: "short", day: "numeric" }), instant = new Intl.DateTimeFormat(locale, {
    timeZone,
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    hourCycle: "h23",
    timeZoneName: "short"
  }), list = new Intl.ListFormat(locale, { style: "short", type: "conjunction" }), numberFormats = new Map();
  function inUnit(n3, unit, unitDisplay) {
    let key = unit + unitDisplay, format = numberFormats.get(key);
    return format || (format = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay }), numberFormats.set(key, format)), format.format(n3);
  }
  function percent(ratio, digits, down) {
    let key = `%${digits}${down}`, format = numberFormats.get(key);
    return format || (format = new Intl.NumberFormat(locale, {
      style: "percent",
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      roundingMode: down ? "floor" : "halfExpand"
    }), numberFormats.set(key, format)), format.format(ratio).replace("-", "−").replace(/^−0(\.0+)?%$/, "0%");
  }
  function duration(us) {
    if (us <= 0) return "0 ms";
    if (us < 1e3) return `${Math.round(us)} µs`;
    if (us < 999500) return `${threeDigits(us / 1e3)} ms`;
    if (us < 6e7) return `${threeDigits(us / 1e6)} s`;
    let [big, small] = us < 36e8 ? ["minute", "second"] : us < 864e8 ? ["hour", "minute"] : ["day", "hour"], size = Object.fromEntries(UNITS), whole = Math.floor(us / size[big]), rest = Math.floor((us - whole * size[big]) / size[small]), text2 = inUnit(whole, big, "narrow");
    return rest === 0 ? text2 : `${text2} ${inUnit(rest, small, "narrow")}`;
  }
  return {
    count: (n3) => integer.format(n3),
    duration,
    offset: (us) => (us < 0 ? "−" : "+") + duration(Math.abs(us)),
    length: (us) => inUnit(...inLargestUnit(us), "long"),
    window(text2) {
      let match = /^(\d+)([smhdw])$/.exec(text2);
      return match ? inUnit(Number(match[1]), LENGTH_UNITS[match[2]], "long") : text2;
    },
    target: (ratio) => percent(ratio, fractionDigits(ratio * 100), !1),
    sli(ratio, target) {
      return ratio === null ? "–" : ratio === 1 ? "100%" : percent(ratio, Math.max(2, fractionDigits(target * 100)), !0);
    },
    budget(share) {
      if (share === null) return "–";
      let size = Math.abs(share);
      return percent(share, size > 0 && size < 0.01 ? 1 : 0, !1);
    },
    share: (ratio) => percent(ratio, ratio > 0 && ratio < 0.1 ? 1 : 0, !1),
    burn(rate) {
      return rate === null ? "–" : `${rate >= 100 ? integer.format(rate) : rate.toFixed(1)}×`;
    },
    time(ms, nowMs2) {
      return (dayOf(ms) === dayOf(nowMs2) ? clock : dayClock).format(ms);
    },
    tick(ms, stepMs) {
      let isMidnight = (ms + offsetMs(ms)) % 864e5 < 6e4;
      return stepMs >= 24 * 36e5 || isMidnight && stepMs >= 36e5 ? day.format(ms) : (stepMs >= 6e4 ? minute : clock).format(ms);
    },
    instant: (ms) => instant.format(ms),
    relative(ms, nowMs2) {
      let [n3, unit] = inLargestUnit(Math.abs(ms - nowMs2) * 1e3);
      return relative.format(ms <= nowMs2 ? -n3 : n3, unit);
    },
    list: (items) => list.format(items),
    bytes,
    rate: (perSecond) => `${perSecond >= 1e3 ? integer.format(perSecond) : perSecond > 0 && perSecond < 0.01 ? "<0.01" : threeDigits(perSecond)}/s`,
    offsetMs
  };
}

// node_modules/@preact/signals-core/dist/signals-core.module.js
var i3 = Symbol.for("preact-signals");
function t3() {
  if (v3 > 1)
    v3--;
  else {
    var i4, t4 = !1;
    for ((function() {
      var i5 = c3;
      for (c3 = void 0; i5 !== void 0; ) {
        var t5 = i5.S;
        if (t5.v === i5.v) for (var r5 = t5.t; r5 !== void 0; r5 = r5.x) r5.i === i5.i && (r5.i = t5.i);
        i5 = i5.o;
      }
    })(); h3 !== void 0; ) {
      var r4 = h3;
      for (h3 = void 0, s3++; r4 !== void 0; ) {
        var n3 = r4.u;
        if (r4.u = void 0, r4.f &= -3, !(8 & r4.f) && w3(r4)) try {
          r4.c();
        } catch (r5) {
          t4 || (i4 = r5, t4 = !0);
        }
        r4 = n3;
      }
    }
    if (s3 = 0, v3--, t4) throw i4;
  }
}
function r3(i4) {
  if (v3 > 0) return i4();
  u3 = ++e3, v3++;
  try {
    return i4();
  } finally {
    t3();
  }
}
var n2, o4 = void 0;
function f4(i4) {
  var t4 = o4, r4 = n2;
  o4 = void 0, n2 = void 0;
  try {
    return i4();
  } finally {
    o4 = t4, n2 = r4;
  }
}
var h3 = void 0, v3 = 0, s3 = 0, e3 = 0, u3 = 0, c3 = void 0, a4 = 0;
function d3(i4) {
  if (o4 !== void 0) {
    var t4 = i4.n;
    if (t4 === void 0 || t4.t !== o4)
      return t4 = { i: 0, S: i4, p: o4.s, n: void 0, t: o4, e: void 0, x: void 0, r: t4 }, o4.s !== void 0 && (o4.s.n = t4), o4.s = t4, i4.n = t4, 32 & o4.f && i4.S(t4), t4;
    if (t4.i === -1)
      return t4.i = 0, t4.n !== void 0 && (t4.n.p = t4.p, t4.p !== void 0 && (t4.p.n = t4.n), t4.p = o4.s, t4.n = void 0, o4.s.n = t4, o4.s = t4), t4;
  }
}
function l3(i4, t4) {
  this.v = i4, this.i = 0, this.n = void 0, this.t = void 0, this.l = 0, this.W = t4?.watched, this.Z = t4?.unwatched, this.name = t4?.name;
}
l3.prototype.brand = i3;
l3.prototype.h = function() {
  return !0;
};
l3.prototype.S = function(i4) {
  var t4 = this, r4 = this.t;
  r4 !== i4 && i4.e === void 0 && (i4.x = r4, this.t = i4, r4 !== void 0 ? r4.e = i4 : f4(function() {
    var i5;
    (i5 = t4.W) == null || i5.call(t4);
  }));
};
l3.prototype.U = function(i4) {
  var t4 = this;
  if (this.t !== void 0) {
    var r4 = i4.e, n3 = i4.x;
    r4 !== void 0 && (r4.x = n3, i4.e = void 0), n3 !== void 0 && (n3.e = r4, i4.x = void 0), i4 === this.t && (this.t = n3, n3 === void 0 && f4(function() {
      var i5;
      (i5 = t4.Z) == null || i5.call(t4);
    }));
  }
};
l3.prototype.subscribe = function(i4) {
  var t4 = this;
  return x2(function() {
    var r4 = t4.value;
    f4(function() {
      return i4(r4);
    });
  }, { name: "sub" });
};
l3.prototype.valueOf = function() {
  return this.value;
};
l3.prototype.toString = function() {
  return this.value + "";
};
l3.prototype.toJSON = function() {
  return this.value;
};
l3.prototype.peek = function() {
  var i4 = this;
  return f4(function() {
    return i4.value;
  });
};
Object.defineProperty(l3.prototype, "value", { get: function() {
  var i4 = d3(this);
  return i4 !== void 0 && (i4.i = this.i), this.v;
}, set: function(i4) {
  if (i4 !== this.v) {
    if (s3 > 100) throw new Error("Cycle detected");
    (function(i5) {
      v3 !== 0 && s3 === 0 && i5.l !== u3 && (i5.l = u3, c3 = { S: i5, v: i5.v, i: i5.i, o: c3 });
    })(this), this.v = i4, this.i++, a4++, v3++;
    try {
      for (var r4 = this.t; r4 !== void 0; r4 = r4.x) r4.t.N();
    } finally {
      t3();
    }
  }
} });
function y3(i4, t4) {
  return new l3(i4, t4);
}
function w3(i4) {
  for (var t4 = i4.s; t4 !== void 0; t4 = t4.n) if (t4.S.i !== t4.i || !t4.S.h() || t4.S.i !== t4.i) return !0;
  return !1;
}
function b(i4) {
  for (var t4 = i4.s; t4 !== void 0; t4 = t4.n) {
    var r4 = t4.S.n;
    if (r4 !== void 0 && (t4.r = r4), t4.S.n = t4, t4.i = -1, t4.n === void 0) {
      i4.s = t4;
      break;
    }
  }
}
function _3(i4) {
  for (var t4 = i4.s, r4 = void 0; t4 !== void 0; ) {
    var n3 = t4.p;
    t4.i === -1 ? (t4.S.U(t4), n3 !== void 0 && (n3.n = t4.n), t4.n !== void 0 && (t4.n.p = n3)) : r4 = t4, t4.S.n = t4.r, t4.r !== void 0 && (t4.r = void 0), t4 = n3;
  }
  i4.s = r4;
}
function j2(i4, t4) {
  l3.call(this, void 0, t4), this.x = i4, this.s = void 0, this.g = a4 - 1, this.f = 4;
}
j2.prototype = new l3();
j2.prototype.h = function() {
  if (this.f &= -3, 1 & this.f) return !1;
  if ((36 & this.f) == 32 || (this.f &= -5, this.g === a4)) return !0;
  if (this.g = a4, this.f |= 1, this.i > 0 && !w3(this))
    return this.f &= -2, !0;
  var i4 = o4;
  try {
    b(this), o4 = this;
    var t4 = this.x();
    (16 & this.f || this.v !== t4 || this.i === 0) && (this.v = t4, this.f &= -17, this.i++);
  } catch (i5) {
    this.v = i5, this.f |= 16, this.i++;
  }
  return o4 = i4, _3(this), this.f &= -2, !0;
};
j2.prototype.S = function(i4) {
  if (this.t === void 0) {
    this.f |= 36;
    for (var t4 = this.s; t4 !== void 0; t4 = t4.n) t4.S.S(t4);
  }
  l3.prototype.S.call(this, i4);
};
j2.prototype.U = function(i4) {
  if (this.t !== void 0 && (l3.prototype.U.call(this, i4), this.t === void 0)) {
    this.f &= -33;
    for (var t4 = this.s; t4 !== void 0; t4 = t4.n) t4.S.U(t4);
  }
};
j2.prototype.N = function() {
  if (!(2 & this.f)) {
    this.f |= 6;
    for (var i4 = this.t; i4 !== void 0; i4 = i4.x) i4.t.N();
  }
};
Object.defineProperty(j2.prototype, "value", { get: function() {
  if (1 & this.f) throw new Error("Cycle detected");
  var i4 = d3(this);
  if (this.h(), i4 !== void 0 && (i4.i = this.i), 16 & this.f) throw this.v;
  return this.v;
} });
function O(i4, t4) {
  return new j2(i4, t4);
}
function p3(i4) {
  var r4 = i4.j;
  if (i4.j = void 0, typeof r4 == "function") {
    v3++;
    var n3 = o4;
    o4 = void 0;
    try {
      r4();
    } catch (t4) {
      throw i4.f &= -2, i4.f |= 8, g3(i4), t4;
    } finally {
      o4 = n3, t3();
    }
  }
}
function g3(i4) {
  for (var t4 = i4.s; t4 !== void 0; t4 = t4.n) t4.S.U(t4);
  i4.x = void 0, i4.s = void 0, p3(i4);
}
function S3(i4) {
  if (o4 !== this) throw new Error("Out-of-order effect");
  _3(this), o4 = i4, this.f &= -2;
  try {
    8 & this.f && g3(this);
  } finally {
    t3();
  }
}
function m3(i4, t4) {
  this.x = i4, this.j = void 0, this.s = void 0, this.u = void 0, this.f = 32, this.name = t4?.name, n2 && n2.push(this);
}
m3.prototype.c = function() {
  var i4 = this.S();
  try {
    if (8 & this.f || this.x === void 0) return;
    var t4 = this.x();
    typeof t4 == "function" && (this.j = t4);
  } finally {
    i4();
  }
};
m3.prototype.S = function() {
  if (1 & this.f) throw new Error("Cycle detected");
  this.f |= 1, this.f &= -9, p3(this), b(this), v3++;
  var i4 = o4;
  return o4 = this, S3.bind(this, i4);
};
m3.prototype.N = function() {
  2 & this.f || (this.f |= 2, this.u = h3, h3 = this);
};
m3.prototype.d = function() {
  this.f |= 8, 1 & this.f || g3(this);
};
m3.prototype.dispose = function() {
  this.d();
};
function x2(i4, t4) {
  var r4 = new m3(i4, t4);
  try {
    r4.c();
  } catch (i5) {
    throw r4.d(), i5;
  }
  var n3 = r4.d.bind(r4);
  return n3[Symbol.dispose] = n3, n3;
}

// node_modules/@preact/signals/dist/signals.module.js
var h4, d4, p4, m4 = typeof window < "u" && !!window.__PREACT_SIGNALS_DEVTOOLS__;
var g4 = [];
x2(function() {
  h4 = this.N;
})();
function b2(i4, n3) {
  n[i4] = n3.bind(null, n[i4] || function() {
  });
}
function y4(i4) {
  if (p4) {
    var n3 = p4;
    p4 = void 0, n3();
  }
  p4 = i4 && i4.S();
}
function w4(i4) {
  var n3 = this, r4 = i4.data, t4 = useSignal(r4);
  t4.name = "ReactiveDom", t4.value = r4;
  var e4 = w2(function() {
    for (var i5 = n3, r5 = n3.__v; r5 = r5.__; ) if (r5.__c) {
      r5.__c.__$f |= 4;
      break;
    }
    var o5 = O(function() {
      var i6 = t4.value.value;
      return i6 === 0 ? 0 : i6 === !0 ? "" : i6 || "";
    }), e5 = O(function() {
      return !Array.isArray(o5.value) && !r(o5.value);
    }), u5 = x2(function() {
      if (this.N = M, e5.value) {
        var n4 = o5.value;
        i5.__v && i5.__v.__e && i5.__v.__e.nodeType === 3 && (i5.__v.__e.data = n4);
      }
    }), c5 = n3.__$u.d;
    return n3.__$u.d = function() {
      u5(), c5.call(this);
    }, [e5, o5];
  }, []), u4 = e4[0], c4 = e4[1];
  return u4.value ? c4.peek() : c4.value;
}
w4.displayName = "ReactiveTextNode";
Object.defineProperties(l3.prototype, { constructor: { configurable: !0, value: k($, null).constructor }, type: { configurable: !0, value: w4 }, props: { configurable: !0, get: function() {
  var i4 = this;
  return { data: { get value() {
    return i4.value;
  } } };
} }, __b: { configurable: !0, value: 1 } });
b2("__b", function(i4, n3) {
  if (y4(), d4 = void 0, typeof n3.type == "string") {
    var r4, t4 = n3.props;
    for (var f5 in t4) if (f5 !== "children") {
      var o5 = t4[f5];
      o5 instanceof l3 && (r4 || (n3.__np = r4 = {}), r4[f5] = o5, t4[f5] = o5.peek());
    }
  }
  i4(n3);
});
b2("__r", function(i4, r4) {
  if (i4(r4), r4.type !== $) {
    y4();
    var t4, f5 = r4.__c;
    f5 && (f5.__$f &= -2, (t4 = f5.__$u) === void 0 && (f5.__$u = t4 = (function(i5, n3) {
      var r5;
      return x2(function() {
        r5 = this;
      }, { name: n3 }), r5.c = i5, r5;
    })((function(i5) {
      return function() {
        var n3;
        m4 && ((n3 = this.y) == null || n3.call(this)), i5.__$f |= 1, i5.setState({});
      };
    })(f5), typeof r4.type == "function" ? r4.type.displayName || r4.type.name : ""))), d4 = f5, y4(t4);
  }
});
b2("__e", function(i4, n3, r4, t4) {
  y4(), d4 = void 0, i4(n3, r4, t4);
});
b2("diffed", function(i4, n3) {
  y4(), d4 = void 0;
  var r4;
  if (typeof n3.type == "string" && (r4 = n3.__e)) {
    var t4 = n3.__np, f5 = n3.props, o5 = r4.U;
    if (o5) for (var e4 in o5) {
      var u4 = o5[e4];
      u4 === void 0 || t4 && e4 in t4 || (u4.d(), o5[e4] = void 0);
    }
    if (t4) {
      o5 || (o5 = {}, r4.U = o5);
      for (var a5 in t4) {
        var c4 = o5[a5], v4 = t4[a5];
        c4 === void 0 ? (c4 = k3(r4, a5, v4, f5), o5[a5] = c4) : c4.o(v4, f5);
      }
    }
  }
  i4(n3);
});
function k3(i4, n3, r4, t4) {
  var f5 = n3 in i4 && i4.ownerSVGElement === void 0, o5 = y3(r4);
  return { o: function(i5, n4) {
    o5.value = i5, t4 = n4;
  }, d: x2(function() {
    this.N = M;
    var r5 = o5.value.value;
    t4[n3] !== r5 && (t4[n3] = r5, f5 ? i4[n3] = r5 : r5 != null && (r5 !== !1 || n3[4] === "-") ? i4.setAttribute(n3, r5) : i4.removeAttribute(n3));
  }) };
}
b2("unmount", function(i4, n3) {
  if (typeof n3.type == "string") {
    var r4 = n3.__e;
    if (r4) {
      var t4 = r4.U;
      if (t4) {
        r4.U = void 0;
        for (var f5 in t4) {
          var o5 = t4[f5];
          o5 && o5.d();
        }
      }
    }
    var e4 = n3.__np;
    if (e4) {
      var u4 = n3.props;
      for (var a5 in e4) u4[a5] = e4[a5];
    }
    n3.__np = void 0;
  } else {
    var c4 = n3.__c;
    if (c4) {
      c4.__$f |= 8;
      var v4 = c4.__$u;
      v4 && (c4.__$u = void 0, v4.d());
    }
  }
  i4(n3);
});
b2("__h", function(i4, n3, r4, t4) {
  t4 < 3 && (n3.__$f |= 2), i4(n3, r4, t4);
});
x.prototype.shouldComponentUpdate = function(i4, n3) {
  if (this.__R) return !0;
  var r4 = this.__$u, t4 = r4 && r4.s !== void 0;
  for (var f5 in n3) return !0;
  if (this.__f || typeof this.u == "boolean" && this.u === !0) {
    var o5 = 2 & this.__$f;
    if (!(t4 || o5 || 4 & this.__$f) || 1 & this.__$f) return !0;
  } else if (!(t4 || 4 & this.__$f) || 3 & this.__$f) return !0;
  for (var e4 in i4) if (e4 !== "__source" && i4[e4] !== this.props[e4]) return !0;
  for (var u4 in this.props) if (!(u4 in i4)) return !0;
  return !1;
};
function useSignal(i4, n3) {
  return w2(function() {
    return y3(i4, n3);
  }, []);
}
var A3 = function(i4) {
  queueMicrotask(function() {
    queueMicrotask(i4);
  });
};
function F3() {
  r3(function() {
    for (var i4; i4 = g4.shift(); ) h4.call(i4);
  });
}
function M() {
  g4.push(this) === 1 && (n.requestAnimationFrame || A3)(F3);
}

// src/boot.ts
function readBoot() {
  let empty = { lang: "", version: "", path: "", data: {} };
  if (typeof document > "u") return empty;
  let block = document.getElementById("boot")?.textContent ?? "";
  try {
    return { ...empty, lang: document.documentElement.lang, ...JSON.parse(block) };
  } catch {
    return { ...empty, lang: document.documentElement.lang };
  }
}
var boot = readBoot();

// src/i18n/plural.ts
var plural = (n3, one, many) => n3 === 1 ? one : many;

// src/i18n/en/chart.ts
var failing = (errors) => errors === "0" ? "" : `, ${errors} failed`, chartTexts = {
  chart: {
    heatmap: "heat-map",
    hint: "Drag a box to select. Drag over the columns to zoom in.",
    keys: "Arrow keys move between cells, with Shift they draw a box, Enter selects it, z zooms in, Escape clears it.",
    cell: (from, to, low, high, n3, spans, errors) => `${from} – ${to} · ${low} – ${high} · ${spans} ${plural(n3, "span", "spans")}${failing(errors)}`,
    column: (from, to, n3, spans, errors) => `${from} – ${to} · ${spans} ${plural(n3, "span", "spans")}${failing(errors)}`,
    dot: (at, duration, failed) => `${at} · ${duration}${failed ? " · failed" : ""}`,
    asTable: "View as table",
    asChart: "View as chart",
    time: "From",
    spans: "Spans",
    errors: "Errors",
    median: "Median",
    p99: "99th percentile"
  }
};

// src/i18n/en/common.ts
var commonTexts = {
  state: {
    loading: "Loading…",
    page: "The page",
    failed: (what) => `${what} could not be loaded`,
    unreachable: "The server does not answer. The page tries again by itself.",
    retry: "Try again",
    diagnostic: "Copy diagnostic",
    stale: (age) => `As of ${age}`,
    notFoundTitle: "There is no such page",
    notFoundText: (path) => `Nothing lives at ${path}.`,
    notFoundGo: "Go to the overview"
  },
  status: {
    missed: "Missing the target",
    low: "Budget below a quarter",
    held: "Releases held",
    burning: "Burning fast",
    spent: "Budget spent",
    risk: "At risk",
    healthy: "Healthy",
    none: "No data",
    all: "All"
  }
};

// src/i18n/en/compare.ts
var compareTexts = {
  compare: {
    title: "Compare two traces",
    mark: "Mark for comparison",
    unmark: "Take the mark off",
    marked: "Marked. Open another trace and press m to compare them.",
    unmarked: "The mark is off.",
    withMarked: "Compare with the marked trace",
    otherId: "Id of the other trace",
    go: "Compare",
    badId: "A trace id is 16 or 32 characters from 0-9 and a-f.",
    heading: (a5, b3) => `${a5} and ${b3}`,
    traceA: "Trace A",
    traceB: "Trace B",
    swap: "Swap A and B",
    open: (id) => `Open ${id}`,
    difference: "Difference",
    all: "All spans",
    differing: "Differences",
    show: "Spans shown",
    tree: "Spans of both traces",
    span: "Service and operation",
    onlyA: "only in A",
    onlyB: "only in B",
    onlyATitle: "Only in A",
    onlyBTitle: "Only in B",
    moreCalls: "Far more calls",
    selfTime: "Self time that differs most",
    nothing: "none",
    calls: (a5, b3) => `${a5} → ${b3} calls`,
    times: (n3) => `${n3} times`,
    same: "no change",
    slower: (time) => `${time} slower`,
    faster: (time) => `${time} faster`,
    tags: "Tags that differ",
    tagsSame: "All tags are the same.",
    selectHint: "Select a row to compare its tags.",
    nothingDiffers: "Nothing differs by more than one hundredth of the trace.",
    missing: (id) => `Trace ${id} is not here`,
    nextDifference: "Next, previous difference"
  }
};

// src/i18n/en/overview.ts
var overviewTexts = {
  overview: {
    title: "Overview",
    numbers: "At a glance",
    meeting: "SLOs meeting target",
    meetingOf: (met, all) => `${met} / ${all}`,
    unmeasured: (n3) => `${n3} without data`,
    worst: "Lowest budget",
    burning: "Burning now",
    burningNone: "none pages",
    gate: "Release gate",
    gateHeld: (held, all) => `${held} of ${all} services held`,
    gateFree: (all) => `all ${all} services may release`,
    stories: "User stories",
    storiesNone: "No user story is defined.",
    storyOwner: (owner) => `owned by ${owner}`,
    changed: "What changed",
    changes: "The changes",
    changedNone: "Nothing yet. Deploys, gate decisions and loaded definitions appear here.",
    emptyTitle: "No SLO is loaded",
    emptyText: "An SLO says which requests count and how many of them must be good. Put OpenSLO files into a directory, check them, and start the server with it.",
    emptySince: (dirs) => `Watched for definitions: ${dirs}`,
    refused: (n3) => `Definitions refused: ${n3} ${plural(n3, "fault", "faults")}. The last good set stays in force.`,
    filtered: (n3, all) => `${n3} of ${all} SLOs`,
    clear: "Show all",
    story: (title) => `Story: ${title}`,
    storyBudget: (left) => `${left} budget left`,
    storyTraces: (sli) => `${sli} of traces good`,
    storyTracesLink: "Traces of this story",
    chain: (title) => `Steps of ${title}`,
    suggested: "Suggested from what was received",
    achieved: (sli, n3, length, target) => `${sli} of ${n3} requests in ${length}: promise ${target}`,
    copyYaml: "Copy definition",
    stepsTitle: (done, all) => `First steps: ${done} of ${all}`,
    stepsDismiss: "Dismiss",
    steps: { span: "First span", slo: "First SLO", alert: "Alert channel", policy: "Policy", deploy: "Deploy marks" },
    stepsHow: { span: "How to send one", slo: "Suggested SLOs" },
    stepDone: "done",
    stepOpen: "open"
  }
};

// src/i18n/en/shell.ts
var shellTexts = {
  nav: {
    label: "Pages",
    overview: "Overview",
    slos: "SLOs",
    traces: "Traces",
    skip: "Skip to content"
  },
  shell: {
    jump: "Search or jump to…",
    appearance: "Theme and language",
    theme: "Theme",
    system: "System",
    light: "Light",
    dark: "Dark",
    language: "Language",
    help: "Keyboard shortcuts",
    close: "Close",
    live: "Live",
    livePaused: "Paused",
    liveWaiting: "Reconnecting",
    livePolling: "Every 10 s",
    liveHint: "The page follows the server while it is visible.",
    copied: (what) => `Copied: ${what}`,
    copyFailed: "The browser did not allow copying.",
    copy: "Copy",
    version: (version) => `nines ${version}`,
    title: (page) => `${page} · nines`
  },
  palette: {
    label: "Search or jump",
    placeholder: "Page, SLO, service or trace id",
    none: "Nothing by that name.",
    page: "Page",
    slo: "SLO",
    service: "traces of this service",
    trace: "Open trace",
    action: "Action",
    copyLink: "Copy link to this page",
    copyCommand: "Copy as command",
    useTheme: (theme2) => `Theme: ${theme2}`,
    useLanguage: (language) => `Language: ${language}`,
    results: (n3) => `${n3} ${plural(n3, "result", "results")}`
  },
  keys: {
    groupGlobal: "Everywhere",
    groupList: "Lists",
    groupTrace: "Trace",
    groupSlo: "An SLO",
    acknowledge: "Acknowledge the alert",
    nextMarker: "Next mark on the line",
    previousMarker: "Previous mark",
    palette: "Search or jump",
    filter: "Go to the filter",
    help: "This sheet",
    goOverview: "Go to Overview",
    goSlos: "Go to SLOs",
    goTraces: "Go to Traces",
    copyLink: "Copy link",
    copyCommand: "Copy as command",
    next: "Next row",
    previous: "Previous row",
    open: "Open",
    openTab: "Open in a new tab",
    collapse: "Collapse, expand",
    collapseAll: "Collapse all, expand all",
    level: "One level for all",
    zoom: "Zoom in, out",
    pan: "Move left, right",
    fit: "Fit the selected span",
    reset: "Whole trace",
    critical: "Critical path",
    error: "Next, previous error",
    match: "Next, previous match",
    singleKeys: "Use single-key shortcuts"
  }
};

// src/i18n/en/slo.ts
var sloTexts = {
  slo: {
    title: "SLOs",
    table: "Service level objectives",
    name: "SLO",
    story: "Story",
    service: "Service",
    target: "Target",
    now: "Now",
    budget: "Budget left",
    burn: "Burn 1h / 6h",
    runsOut: "Runs out",
    status: "Status",
    budgetOf: (name) => `${name}: budget left`,
    find: "Find SLO, service or story",
    nothing: "No SLO matches.",
    groupBy: "Group",
    groups: { none: "None", story: "Story", service: "Service", team: "Team" },
    ungrouped: "None of these",
    sortBy: "Order",
    sorts: { risk: "Risk", budget: "Budget left", burn: "Burn", name: "Name" },
    sparkOf: (name, length) => `${name}: budget left over ${length}`,
    estimate: "An estimate: some events were not seen one by one",
    rawIs: (value) => `${value} with what is excluded`,
    window: (length) => `${length} rolling`,
    calendar: (length, zone2) => `each ${length} by the calendar of ${zone2}`,
    heldHint: "This SLO holds the releases of its service.",
    left: (budget) => `${budget} budget left`,
    detailTarget: (target) => `Target ${target}`,
    goodBad: (good, bad) => `${good} good, ${bad} bad`,
    goodBadSlices: (good, bad) => `${good} good, ${bad} bad time slices`,
    exceeded: (n3) => `${n3} bad over what is allowed`,
    leftOver: (n3) => `${n3} more bad possible`,
    outage: (time) => `≈ ${time} of everything failing, at this traffic`,
    oneFailure: (share) => `Low traffic: 1 failure = ${share} of the budget`,
    coverage: (share) => `${share} of the window measured`,
    report: "Print report",
    objectives: "Objectives",
    composite: "All together",
    budgetOverTime: "Error budget over time",
    budgetRolling: (length) => `Error budget, ${length} rolling`,
    budgetCalendar: (length) => `Error budget, each ${length}, against the traffic forecast for it`,
    shows: "The chart shows",
    tabs: { budget: "Budget left", sli: "SLI", requests: "Requests" },
    chartText: (what, from, to, start, end, n3) => `${what} went from ${from} to ${to} between ${start} and ${end}; ${n3} ${plural(n3, "thing", "things")} happened beside it.`,
    chartNone: "Not measured long enough for a line.",
    chartHint: "Drag to zoom, double-click for the whole window, click a mark to compare before and after.",
    lanes: {
      deploy: { short: "deploy", long: "Deploy" },
      alert: { short: "alert", long: "Alert" },
      gate: { short: "gate", long: "Release gate" },
      policy: { short: "policy", long: "Policy" },
      freeze: { short: "freeze", long: "Freeze" },
      exclusion: { short: "excl.", long: "Excluded" }
    },
    below: (state, share) => `${state} down to ${share}`,
    cameBack: (gained, when) => `+${gained}: failures of ${when} left the window`,
    until: "Until",
    good: "Good",
    bad: "Bad",
    happened: "What happened",
    zoomIn: "Zoom in",
    earlier: "Earlier",
    wholeWindow: "Whole window",
    nMarkers: (n3) => `${n3} ${plural(n3, "mark", "marks")}`,
    markerBefore: "Previous",
    markerAfter: "Next",
    untilTime: (time) => `until ${time}`,
    beforeAfter: (was, n3, is, m5) => `Failing before: ${was} of ${n3}. After: ${is} of ${m5}.`,
    tracesOfVersion: (version) => `Traces of ${version}`,
    burnByWindow: "Burn by window",
    burnWindow: "Windows",
    burnRate: "Burn",
    burnLimit: "Alerts at",
    burnState: "State",
    pair: (long, short) => `${long} & ${short}`,
    unreachable: "cannot be reached",
    firing: "Firing",
    recovering: "Recovering",
    rising: "Rising",
    quiet: "OK",
    pace: (time) => `At this pace the rest of the budget lasts ${time}.`,
    paceLasts: "At this pace the budget lasts.",
    paceGone: "The budget is spent.",
    latency: "Latency, good and failing",
    latencyText: "Requests over time and duration; failing ones are marked",
    latencyNone: "No single requests to draw: nothing is stored in this time, or events are made of several spans.",
    threshold: "Threshold",
    share: "What failing requests share",
    shareNoBad: "No failing request is stored in this time.",
    shareNone: (n3) => `${n3} ${plural(n3, "failing request shares", "failing requests share")} nothing that good ones lack.`,
    value: "Value",
    ofBad: "Failing",
    ofGood: "Good",
    looked: (bad, valid) => `Of ${bad} failing requests, the newest, and ${valid} from all of the time.`,
    include: (key, value) => `Include: failing requests with ${key}=${value}`,
    exclude: (key, value) => `Exclude: failing requests without ${key}=${value}`,
    seeAll: (key, value) => `All requests with ${key}=${value}`,
    seeTraces: "See traces",
    selected: (from, to, low, high) => `Selected: ${from} – ${to}, ${low} – ${high}`,
    clearSelection: "Clear",
    spentIt: "Traces that spent it",
    when: "Ended",
    request: "Request",
    took: "Took",
    ofBudget: "Of the budget",
    moreBad: (n3) => `and ${n3} more`,
    allTraces: "Search all of them",
    whatIf: "What if…",
    wouldUse: (target, limit, length, used) => `With ${target}${limit ? ` and ${limit}` : ""} the last ${length} would have used ${used} of the budget.`,
    pagesAre: (n3) => `It paged ${n3} ${plural(n3, "time", "times")}.`,
    pagesWould: (n3, now) => `The target would have paged ${n3} ${plural(n3, "time", "times")} instead of ${now}.`,
    whatIfStored: "Other thresholds are counted from stored requests; pages are those of the threshold in force.",
    propose: "Propose",
    proposeHow: "Nothing changes here: put this into the file, let somebody review it, and load it.",
    reset: "Reset",
    policy: "Policy",
    inState: (state, policy) => `State ${state} of ${policy}`,
    gateTitle: "Release policy",
    gateAllowed: "Releases allowed",
    gateAsk: "Ask the gate",
    gateRecorded: (text2) => `Recorded: ${text2}`,
    rule: "Rule",
    ruleDefault: "Default: held where a budget is empty, a page fires, or a measurement is missing.",
    stateAbove: (share) => `above ${share}`,
    stateRest: "below that",
    stateSince: (state, when) => `${state} since ${when}`,
    doesFreeze: "freezes",
    doesAllow: (kinds) => `only ${kinds}`,
    doesApprove: (kinds) => `approval for ${kinds}`,
    doesLimit: (n3) => `${n3} deploys a day`,
    doesCanary: (percent) => `canary up to ${percent}%`,
    inputs: "Inputs",
    inputsNone: "Nothing stands against a release.",
    freeze: (name, until, reason) => `Freeze ${name} until ${until}: ${reason}`,
    result: "Result",
    changesAt: (when) => `Something known changes at ${when}.`,
    override: "Override",
    tokens: (left, of, per, apart) => `${left} of ${of} ${plural(of, "exception", "exceptions")} left in ${per}; ${apart ? "somebody other than the requester approves" : "anybody approves"}.`,
    exception: (change, by, until) => `Change ${change} may pass until ${until}, approved by ${by}.`,
    alerts: "Alerts",
    alertsNone: "This objective has no alerts of its own.",
    severities: { page: "Page", ticket: "Ticket", unmeasured: "No data" },
    alertStates: { inactive: "Quiet", pending: "Pending", firing: "Firing", frozen: "Frozen" },
    since: (when) => `since ${when}`,
    acknowledge: "Acknowledge",
    acked: "Acknowledged: it is not told again.",
    ackNone: "No alert fires here.",
    acknowledgedBy: (by, when) => `Taken care of${by ? ` by ${by}` : ""} since ${when}`,
    silencedBy: (by, until, why) => `Silenced by ${by} until ${until}: ${why}`,
    byTag: (tag) => `By ${tag}`,
    history: "History",
    month: "Month",
    countedFrom: (when) => `Counted from ${when} on.`,
    estimatedUntil: (when) => `Before ${when} by histograms alone: an estimate.`,
    monthReport: (month, sli, left) => `${month}: ${sli}, ${left} budget left`,
    nAmendments: (n3) => `${n3} ${plural(n3, "stretch", "stretches")} amended since`,
    excluded: (name, reason, by, n3) => `Excluded by ${name} (${reason}; approved by ${by}): ${n3} events`,
    amended: (from, before, after) => `Amended from ${from}: ${before} good+bad before, ${after} now`,
    definedIn: "Defined in",
    unknown: (name) => `No SLO is called ${name}.`,
    toAll: "All SLOs"
  }
};

// src/i18n/en/trace.ts
var traceTexts = {
  trace: {
    title: "Trace",
    spanCount: (n3, text2) => `${text2} ${plural(n3, "span", "spans")}`,
    serviceCount: (n3) => `${n3} ${plural(n3, "service", "services")}`,
    errorCount: (n3, text2) => `${text2} ${plural(n3, "error", "errors")}`,
    duration: "Duration",
    started: "Started",
    critical: "Critical path",
    json: "JSON",
    jsonHint: "The trace as Zipkin's JSON",
    copyId: "Copy the trace id",
    find: "Find in trace: service, operation, status, duration>20ms",
    findLabel: "Find in trace",
    findCount: (at, all) => `${at} / ${all}`,
    findNone: "no match",
    findNext: "Next match",
    findPrevious: "Previous match",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    zoomReset: "Whole trace",
    collapseAll: "Collapse all",
    expandAll: "Expand all",
    dockRight: "Details at the right",
    dockBelow: "Details below",
    minimap: "Drag to look at a part of the time",
    grid: (title) => `Spans of ${title}`,
    missing: (n3, text2) => `${text2} ${plural(n3, "span's parent", "spans' parents")} did not arrive; they stand under the nearest span known.`,
    skew: (n3, text2) => `Clocks disagreed: ${text2} ${plural(n3, "span was", "spans were")} moved inside the call that caused ${plural(n3, "it", "them")}.`,
    hidden: (n3) => `+${n3}`,
    hiddenLabel: (n3) => `${n3} spans below`,
    collapse: "Collapse",
    expand: "Expand",
    startsAt: (offset) => `starts at ${offset}`,
    error: "error",
    errorStatus: (status2) => `error ${status2}`,
    onCritical: "on the critical path",
    unnamed: "(unnamed)",
    unknownService: "(unknown)",
    notFound: "This trace is not here",
    notFoundText: (id) => `No span of ${id} is stored: it never arrived, was sampled out, or its retention is over.`,
    badId: (id) => `${id} is not a trace id: 16 or 32 characters from 0-9 and a-f.`,
    toTraces: "Search traces",
    openTooLarge: "A trace to open may have 10 MiB at most."
  },
  span: {
    title: "Span",
    close: "Close the details",
    loading: "Loading the details…",
    selfTime: "Self time",
    kind: "Kind",
    start: "Start",
    duration: "Duration",
    notKnown: "not known",
    id: "Span id",
    parent: "Parent",
    root: "none, it is the root",
    local: "Service",
    remote: "Other side",
    shared: "Shared between client and server",
    debug: "Debug",
    tags: "Tags",
    tagsNone: "No tags.",
    annotations: "Annotations",
    annotationsNone: "No annotations.",
    resource: "Resource",
    links: "Links",
    halves: "Reported by",
    status: "Status",
    summary: "Where the time went",
    summaryHint: "Self time: what a span did not spend waiting for its children.",
    select: "Select a span to see its tags.",
    share: "Share",
    addFilter: (term) => `Search traces with ${term}`
  }
};

// src/i18n/en/traces.ts
var tracesTexts = {
  traces: {
    title: "Traces",
    filter: "Filter",
    placeholder: "service=checkout duration>200ms error",
    hint: "Enter runs the filter. A trace id opens the trace.",
    clear: "Clear the filter",
    range: "Time range",
    last: (length) => `Last ${length.replace(/^1 /, "")}`,
    from: "From",
    to: "To",
    apply: "Apply",
    pinned: "Fixed range",
    relative: "Up to now",
    summary: (n3, took) => `${n3} traces · ${took}`,
    summaryMore: (n3, took) => `first ${n3} traces · ${took}`,
    start: "Start",
    root: "Root",
    duration: "Duration",
    spans: "Spans",
    errors: "Errors",
    services: "Services, by time",
    nServices: (n3) => `${n3} ${plural(n3, "service", "services")}`,
    nSpans: (n3, text2) => `${text2} ${plural(n3, "span", "spans")}`,
    nErrors: (n3, text2) => `${text2} ${plural(n3, "error", "errors")}`,
    more: (n3) => `+${n3}`,
    loadMore: "Load more",
    end: "That is all in this range.",
    fresh: "New spans arrived",
    refresh: "Refresh",
    suggestions: "Suggestions",
    suggestionCount: (n3) => `${n3} ${plural(n3, "suggestion", "suggestions")}`,
    unnamed: "(no root span)",
    noneInRange: "No trace in this range",
    noneInRangeText: (range) => `Nothing was received in ${range}. A wider range may show it.`,
    noneMatch: "No trace matches this filter",
    noneMatchText: (range) => `There are traces in ${range}, but none fits all terms.`,
    widen: (range) => `Search ${range}`,
    table: "Traces found",
    kinds: { service: "service", op: "operation", remote: "other side", kind: "kind", tag: "tag", word: "term", value: "value", name: "field", operator: "comparison" },
    filterFault: "The filter cannot be read",
    fromTo: (from, to) => `${from} – ${to}`,
    badRange: "From must be before To.",
    help: "How to write a filter",
    helpTerms: {
      all: "terms stand beside each other; all must fit",
      service: "of this service",
      op: "of this operation; quotes keep spaces",
      any: "any of several",
      not: "not this",
      number: "durations and numeric tags compare",
      exists: "the tag is there, whatever its value",
      regex: "a regular expression"
    }
  },
  first: {
    title: "No traces yet",
    text: "Send a first span; it appears here within a second.",
    tabs: "Ways to send",
    waiting: "Waiting for a span…",
    demo: "Or look around with data: nines demo"
  }
};

// src/i18n/en.ts
var en = {
  ...shellTexts,
  ...commonTexts,
  ...chartTexts,
  ...overviewTexts,
  ...sloTexts,
  ...tracesTexts,
  ...traceTexts,
  ...compareTexts
};

// src/i18n/index.ts
var LANGS = ["en", "ko"], LANG_NAMES = { en: "English", ko: "한국어" }, LANG_COOKIE = "lang", LANG_COOKIE_SECONDS = 365 * 24 * 3600, catalogues = { en };
async function load(wanted) {
  wanted === "ko" && (catalogues.ko ??= (await import("./korean.js")).ko);
}
var lang = y3("en"), catalogue = O(() => catalogues[lang.value] ?? en), zone = y3(readChoice("zone") === "utc" ? "utc" : "local"), formats = O(() => formatsOf(lang.value, zone.value)), texts = () => catalogue.value, fmt = () => formats.value;
async function startLang() {
  let wanted = boot.lang === "ko" ? "ko" : "en";
  await load(wanted).then(
    () => lang.value = wanted,
    () => {
    }
  );
}
async function switchLang(next) {
  await load(next), document.cookie = `${LANG_COOKIE}=${next};path=/;max-age=${LANG_COOKIE_SECONDS};samesite=lax`, document.documentElement.lang = next, lang.value = next;
}

// src/api/resource.ts
var IDLE_MAX = 24, REFETCH_INTERVAL_MS = 1e3, UNREACHABLE_RETRY_MS = 3e3, Entry = class {
  constructor(url) {
    this.url = url;
    url in boot.data && (this.data.value = boot.data[url], delete boot.data[url], this.outdated.value = !1, this.fetchedAt = Date.now());
  }
  url;
  data = y3(void 0);
  problem = y3(void 0);
  loading = y3(!1);
  topic;
  readers = 0;
  /** Whether a change of the topic brings a new answer by itself while somebody reads the old one. */
  follows = !0;
  /** The topic changed since the last answer. */
  outdated = y3(!0);
  request;
  timer;
  fetchedAt = 0;
  /** Fetches now. */
  fetch() {
    clearTimeout(this.timer), this.timer = void 0, this.request?.abort();
    let request = new AbortController();
    this.request = request, this.outdated.value = !1, this.loading.value = !0, this.fetchedAt = Date.now(), getJson(this.url, lang.peek(), request.signal).then(
      (data) => {
        this.request === request && (this.data.value = data, this.problem.value = void 0, this.loading.value = !1);
      },
      (error) => {
        this.request !== request || request.signal.aborted || (this.loading.value = !1, this.outdated.value = !0, this.problem.value = error instanceof ApiError ? error.problem : { title: String(error), status: UNREACHABLE }, this.problem.value.status === UNREACHABLE && this.fetchLater(UNREACHABLE_RETRY_MS));
      }
    );
  }
  /** Fetches when its interval has passed, if somebody reads it and the page is seen. */
  fetchLater(waitMs = Math.max(0, this.fetchedAt + REFETCH_INTERVAL_MS - Date.now())) {
    this.outdated.value = !0, !(this.readers === 0 || document.hidden || this.timer !== void 0) && (this.timer = setTimeout(() => {
      this.timer = void 0, this.readers > 0 && !document.hidden && this.fetch();
    }, waitMs));
  }
  enter() {
    this.readers++, this.outdated.peek() && !this.loading.peek() && this.fetch();
  }
  leave() {
    this.readers--, !(this.readers > 0) && (clearTimeout(this.timer), this.timer = void 0, this.loading.peek() && (this.request?.abort(), this.loading.value = !1, this.outdated.value = !0));
  }
}, entries = new Map();
function entryOf(url) {
  let entry = entries.get(url);
  if (entry)
    entries.delete(url);
  else {
    entry = new Entry(url);
    let idle = [...entries.values()].filter((other) => other.readers === 0);
    for (let old of idle.slice(0, Math.max(0, idle.length - IDLE_MAX))) entries.delete(old.url);
  }
  return entries.set(url, entry), entry;
}
function invalidate(topic) {
  for (let entry of entries.values())
    entry.topic === topic && (entry.follows ? entry.fetchLater() : entry.outdated.value = !0);
}
function invalidateAll() {
  for (let entry of entries.values()) entry.topic !== void 0 && entry.follows && entry.fetchLater();
}
function useResource(url, options = {}) {
  let entry = w2(() => url === null ? null : entryOf(url), [url]), kept = T2(void 0);
  F2(() => {
    if (entry)
      return options.topic && (entry.topic = options.topic), entry.follows = options.follow ?? !0, entry.enter(), () => entry.leave();
  }, [entry]);
  let data = entry?.data.value, problem = entry?.problem.value;
  return data !== void 0 ? kept.current = data : options.keep || (kept.current = void 0), {
    data: data ?? (problem && problem.status !== UNREACHABLE ? void 0 : kept.current),
    problem,
    old: data === void 0 && kept.current !== void 0 || data !== void 0 && problem !== void 0,
    loading: entry?.loading.value ?? !1,
    outdated: data !== void 0 && (entry?.outdated.value ?? !1),
    retry: () => entry?.fetch()
  };
}

// src/api/live.ts
var TOPICS = ["slos", "traces", "timeline"], POLL_INTERVAL_MS = 1e4, REOPEN_MIN_MS = 1e3, REOPEN_MAX_MS = 3e4, FAILURES_BEFORE_POLLING = 3, live = y3("waiting"), spansArrivedAt = y3(0), nowMs = y3(Date.now()), stream, failures = 0, reopenTimer, pollTimer;
function open() {
  clearTimeout(reopenTimer), stream?.close();
  let source = new EventSource(apiUrl("/events", { lang: lang.peek() }));
  stream = source, source.onopen = () => {
    (failures > 0 || live.peek() === "paused") && invalidateAll(), failures = 0, stopPolling(), live.value = "live";
  }, source.onerror = () => {
    stream === source && (source.close(), failures++, failures >= FAILURES_BEFORE_POLLING ? startPolling() : live.value = "waiting", reopenTimer = setTimeout(open, Math.min(REOPEN_MAX_MS, REOPEN_MIN_MS * 2 ** (failures - 1))));
  };
  for (let topic of TOPICS)
    source.addEventListener(topic, () => {
      topic === "traces" && (spansArrivedAt.value = Date.now()), invalidate(topic);
    });
}
function close() {
  clearTimeout(reopenTimer), stopPolling(), stream?.close(), stream = void 0, live.value = "paused";
}
function startPolling() {
  live.value = "polling", pollTimer ??= setInterval(invalidateAll, POLL_INTERVAL_MS);
}
function stopPolling() {
  clearInterval(pollTimer), pollTimer = void 0;
}
function startLive() {
  let clock, follow = () => {
    clearInterval(clock), document.hidden ? close() : (nowMs.value = Date.now(), clock = setInterval(() => nowMs.value = Date.now(), 5e3), open());
  };
  document.addEventListener("visibilitychange", follow), addEventListener("pagehide", close), addEventListener("pageshow", (event) => event.persisted && follow());
  let first = !0;
  x2(() => {
    lang.value, first ? first = !1 : document.hidden || (invalidateAll(), open());
  }), follow();
}

// src/pages/slo/status.ts
function statusOf(slo) {
  switch (slo.state) {
    case "unmeasured":
      return "none";
    case "exhausted":
      return slo.gate === "held" ? "held" : "spent";
    case "burning":
      return "burning";
    case "healthy":
      return slo.budget !== null && slo.budget < 0.25 ? "risk" : "healthy";
  }
}
var TONES = { held: "frozen", spent: "crit", burning: "warn", risk: "warn", none: "none", healthy: "ok" };
function holdsReleases(slo) {
  return slo.gate === "held" && (slo.state === "exhausted" || slo.page?.firing === !0);
}
var isBurning = (slo) => slo.state === "burning" || slo.page?.firing === !0;
function lastsUs(slo) {
  return slo.budget !== null && slo.budget > 0 ? slo.exhaustsInUs : null;
}
function matchesStatus(slo, filter) {
  switch (filter) {
    case "all":
      return !0;
    case "held":
      return holdsReleases(slo);
    case "burning":
      return isBurning(slo);
    case "missed":
      return slo.sli !== null && slo.sli < slo.target;
    case "low":
      return slo.budget !== null && slo.budget < 0.25;
    default:
      return statusOf(slo) === filter;
  }
}
var RISK_ORDER = ["held", "spent", "burning", "risk", "none", "healthy"];
function byRisk(a5, b3) {
  return RISK_ORDER.indexOf(statusOf(a5)) - RISK_ORDER.indexOf(statusOf(b3)) || compare(lastsUs(a5), lastsUs(b3)) || compare(a5.budget, b3.budget) || a5.name.localeCompare(b3.name);
}
var ORDERS = {
  risk: byRisk,
  budget: (a5, b3) => compare(a5.budget, b3.budget) || byRisk(a5, b3),
  burn: (a5, b3) => compare(negative(a5.burn["1h"]), negative(b3.burn["1h"])) || byRisk(a5, b3),
  name: (a5, b3) => titleOf(a5).localeCompare(titleOf(b3))
}, negative = (n3) => n3 == null ? null : -n3;
function groupOf(slo, group2) {
  return group2 === "story" ? slo.storyTitle ?? slo.story ?? "" : group2 === "service" ? slo.service : group2 === "team" ? slo.team ?? "" : "";
}
function ordered(slos, sort2, group2) {
  let sorted = [...slos].sort(ORDERS[sort2]);
  return group2 === "none" ? sorted : [...new Set(sorted.map((slo) => groupOf(slo, group2)))].sort((a5, b3) => +(a5 === "") - +(b3 === "")).flatMap((name) => sorted.filter((slo) => groupOf(slo, group2) === name));
}
var LOW_TRAFFIC_FAILURES = 10, allowedOf = (slo) => (slo.good + slo.bad) * (1 - slo.target);
function oneFailure(slo) {
  let allowed = allowedOf(slo);
  return allowed > 0 && allowed < LOW_TRAFFIC_FAILURES ? 1 / allowed : null;
}
function compare(a5, b3) {
  return a5 === b3 ? 0 : (a5 ?? 1 / 0) < (b3 ?? 1 / 0) ? -1 : 1;
}
var titleOf = (slo) => slo.displayName || slo.name, objectiveOf = (slo) => /^\d+$/.test(slo.objective) ? "" : slo.objective;
function burnStateOf(long, short, threshold) {
  let isLong = long !== null && long >= threshold, isShort = short !== null && short >= threshold;
  return isLong ? isShort ? "firing" : "recovering" : isShort ? "rising" : "quiet";
}

// src/shell/keys.ts
var SEQUENCE_MS = 1200, layers = new Set(), bindingsVersion = y3(0), singleKeys = y3(readChoice("singleKeys") !== "off");
function setSingleKeys(on) {
  singleKeys.value = on, saveChoice("singleKeys", on ? "on" : "off");
}
function useKeys(bindings) {
  let layer = T2(bindings);
  layer.current = bindings, A2(() => (layers.add(layer), bindingsVersion.value++, () => {
    layers.delete(layer), bindingsVersion.value++;
  }), []);
}
function allBindings() {
  let seen = new Map();
  for (let layer of [...layers].reverse())
    for (let binding of layer.current) seen.has(binding.keys) || seen.set(binding.keys, binding);
  return [...seen.values()];
}
function letterOf(event) {
  if (!/^[\u3131-\u318e]$/.test(event.key) || !event.code.startsWith("Key")) return event.key;
  let letter = event.code.slice(3);
  return event.shiftKey ? letter : letter.toLowerCase();
}
function keyName(event) {
  let letter = letterOf(event), named = letter.length > 1, key = (event.ctrlKey || event.metaKey) && !named ? letter.toUpperCase() : letter, upper = !named && key !== key.toLowerCase();
  return [(event.ctrlKey || event.metaKey) && "Ctrl", event.altKey && "Alt", event.shiftKey && (named || upper) && "Shift", key].filter(Boolean).join("+");
}
function isTyping(target) {
  let el = target instanceof Element ? target.closest("input, textarea, select, [contenteditable]") : null;
  return el !== null && !(el instanceof HTMLInputElement && ["checkbox", "radio", "button"].includes(el.type));
}
function startKeys() {
  let prefix = "", prefixAt = 0;
  addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    let name = keyName(event), single = !name.startsWith("Ctrl+");
    if (document.querySelector("dialog[open]") !== null || single && (isTyping(event.target) || !singleKeys.value)) return;
    let sequence = event.timeStamp - prefixAt < SEQUENCE_MS && prefix !== "" ? `${prefix} ${name}` : name, bindings = allBindings().filter((binding) => binding.run !== null), hit = bindings.find((binding) => binding.keys === sequence) ?? bindings.find((binding) => binding.keys === name);
    prefix = "", hit?.run ? (event.preventDefault(), hit.run()) : bindings.some((binding) => binding.keys.startsWith(`${name} `)) && (prefix = name, prefixAt = event.timeStamp);
  });
}

// src/ui/status.tsx
var SHAPES = {
  ok: () => a3($, { children: [
    a3("circle", { cx: "6", cy: "6", r: "5", fill: "currentColor" }),
    a3("path", { d: "M3.6 6.2l1.7 1.7 3.2-3.6", stroke: "var(--ok-tint)", "stroke-width": "1.6", fill: "none" })
  ] }),
  warn: () => a3("path", { d: "M6 .8l5.6 10H.4z", fill: "currentColor" }),
  crit: () => a3("path", { d: "M3.8.8h4.4l3 3v4.4l-3 3H3.8l-3-3V3.8z", fill: "currentColor" }),
  frozen: () => a3($, { children: [
    a3("rect", { x: "2", y: "5", width: "8", height: "6", rx: "1", fill: "currentColor" }),
    a3("path", { d: "M4 5V3.5a2 2 0 014 0V5", stroke: "currentColor", fill: "none", "stroke-width": "1.5" })
  ] }),
  info: () => a3("path", { d: "M2 6l4-4 4 4M2 10l4-4 4 4", stroke: "currentColor", "stroke-width": "1.6", fill: "none" }),
  none: () => a3("circle", { cx: "6", cy: "6", r: "4.4", fill: "none", stroke: "currentColor", "stroke-width": "1.5", "stroke-dasharray": "2 2" })
};
function Shape({ tone }) {
  return a3("svg", { viewBox: "0 0 12 12", "aria-hidden": "true", children: SHAPES[tone]() });
}
function Pill({ tone, children, title }) {
  return a3("span", { class: `pill ${tone}`, title, children: [
    a3(Shape, { tone }),
    children
  ] });
}
function ShapePill({ tone, label }) {
  return a3("span", { class: `pill icon-only ${tone}`, title: label, children: [
    a3(Shape, { tone }),
    a3("span", { class: "sr", children: label })
  ] });
}

// src/url/routes.ts
var STATUSES = ["all", "held", "burning", "spent", "risk", "healthy", "none"], NUMBERS = ["missed", "low"], status = choice([...STATUSES, ...NUMBERS], "all"), SORTS = ["risk", "budget", "burn", "name"], GROUPS = ["none", "story", "service", "team"], sort = choice(SORTS, "risk"), group = choice(GROUPS, "none"), SLO_TABS = ["budget", "sli", "requests"], RANGES = ["1h", "15m", "6h", "24h", "2d", "7d"], TRACE_VIEWS = ["timeline", "flame", "table", "map", "json"], ROUTES = {
  overview: { path: "/", query: { status, story: text(), group, sort } },
  slos: { path: "/slos", query: { q: text(), status, group, sort } },
  slo: { path: "/slos/:name", query: { objective: text(), tab: choice(SLO_TABS, "budget"), from: text(), to: text(), sel: text(), target: text(), threshold: text() } },
  traces: { path: "/traces", query: { q: text(), t: choice(RANGES, "1h"), from: text(), to: text() } },
  trace: {
    path: "/trace/:id",
    query: { span: text(), view: choice(TRACE_VIEWS, "timeline"), q: text(), only: flag(), cp: flag(), from: text(), to: text(), root: text() }
  },
  compare: { path: "/compare/:a/:b", query: { span: text() } }
};
function locate(pathname, search) {
  let given = split(pathname);
  for (let name of Object.keys(ROUTES)) {
    let path = matchPath(split(ROUTES[name].path), given);
    if (path) return { name, path, query: readQuery(ROUTES[name].query, search) };
  }
  return { name: "missing", pathname };
}
function href(name, path, query = {}) {
  let route = ROUTES[name];
  return route.path.replace(/:(\w+)/g, (_4, key) => encodeURIComponent(path[key])) + writeQuery(route.query, query);
}
function split(pathname) {
  return pathname.split("/").filter((segment) => segment !== "");
}
function matchPath(pattern, given) {
  if (pattern.length !== given.length) return null;
  let path = {};
  for (let i4 = 0; i4 < pattern.length; i4++)
    if (pattern[i4].startsWith(":")) {
      let value = decode(given[i4]);
      if (value === null) return null;
      path[pattern[i4].slice(1)] = value;
    } else if (pattern[i4] !== given[i4])
      return null;
  return path;
}
function decode(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

// src/url/location.ts
var address = y3({ pathname: location.pathname, search: location.search }), place = O(() => locate(address.value.pathname, address.value.search)), currentUrl = O(() => address.value.pathname + address.value.search), moves = y3(0), visitLang = new URLSearchParams(location.search).get("lang");
function withVisitLang(url) {
  if (!visitLang) return url;
  let [path, search = ""] = url.split("?");
  return new URLSearchParams(search).has("lang") ? url : `${path}?${search ? `${search}&` : ""}lang=${escapeQuery(visitLang)}`;
}
function adopt() {
  let pathChanged = address.value.pathname !== location.pathname;
  address.value = { pathname: location.pathname, search: location.search }, pathChanged && moves.value++;
}
function navigate(url, options = {}) {
  let target = withVisitLang(url);
  target !== location.pathname + location.search && (options.replace ? history.replaceState(history.state, "", target) : history.pushState(null, "", target), adopt());
}
function dropVisitLang() {
  if (!visitLang) return;
  visitLang = null;
  let search = new URLSearchParams(location.search);
  search.delete("lang");
  let rest = [...search].map(([name, value]) => `${name}=${escapeQuery(value)}`).join("&");
  history.replaceState(history.state, "", location.pathname + (rest ? `?${rest}` : "")), adopt();
}
function startLocation() {
  addEventListener("popstate", adopt), addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    let link = event.target?.closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return;
    let url = new URL(link.href);
    url.origin !== location.origin || link.getAttribute("href")?.startsWith("#") || locate(url.pathname, url.search).name !== "missing" && (event.preventDefault(), navigate(url.pathname + url.search));
  });
}

// src/ui/meter.tsx
function Meter({ share, tone, label, valueText }) {
  let percent = Math.min(100, Math.max(0, share * 100));
  return a3(
    "div",
    {
      class: `meter t-${tone}${share <= 0 ? " over" : ""}`,
      role: "meter",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
      "aria-valuenow": Math.round(percent),
      "aria-valuetext": valueText,
      "aria-label": label,
      children: a3("i", { style: { width: `${percent}%` } })
    }
  );
}

// src/ui/table.tsx
function DataTable({ label, columns, rows, rowKey, rowHref, dimmed, class: extra, groupOf: groupOf2, groupHead }) {
  let body = T2(null), t4 = texts(), move = (step) => {
    let links = [...body.current?.rows ?? []].map((row) => row.querySelector("a")).filter((link) => link !== null), at = links.findIndex((link) => link.closest("tr")?.contains(document.activeElement)), next = links[at < 0 ? step > 0 ? 0 : links.length - 1 : Math.min(links.length - 1, Math.max(0, at + step))];
    next?.focus(), next?.scrollIntoView({ block: "nearest" });
  }, focusedHref = () => document.activeElement?.closest("tr")?.querySelector("a")?.href;
  return useKeys([
    { keys: "j", label: t4.keys.next, group: "list", run: () => move(1) },
    { keys: "k", label: t4.keys.previous, group: "list", run: () => move(-1) },
    { keys: "Enter", label: t4.keys.open, group: "list", run: null },
    { keys: "o", label: t4.keys.openTab, group: "list", run: () => {
      focusedHref() && window.open(focusedHref(), "_blank", "noopener");
    } }
  ]), a3("table", { "aria-label": label, class: `${extra ?? ""}${dimmed ? " dimmed" : ""}`, children: [
    a3("thead", { children: a3("tr", { children: columns.map((column) => a3("th", { scope: "col", class: classOf({ ...column, class: void 0 }), children: column.head }, column.key)) }) }),
    a3(
      "tbody",
      {
        ref: body,
        onKeyDown: (event) => {
          event.key !== "ArrowDown" && event.key !== "ArrowUp" || (event.preventDefault(), move(event.key === "ArrowDown" ? 1 : -1));
        },
        children: rows.map((row, i4) => a3($, { children: [
          groupOf2 && (i4 === 0 || groupOf2(rows[i4 - 1]) !== groupOf2(row)) && a3("tr", { class: "group", children: a3("th", { colSpan: columns.length, scope: "rowgroup", children: groupHead?.(groupOf2(row)) }) }),
          a3("tr", { class: "go", onClick: (event) => openRow(event, rowHref(row)), children: columns.map((column) => a3("td", { class: classOf(column), children: column.cell(row) }, column.key)) })
        ] }, rowKey(row)))
      }
    )
  ] });
}
function classOf(column) {
  return [column.num && "num", column.wideOnly && "hide-s", column.class].filter(Boolean).join(" ") || void 0;
}
function openRow(event, href2) {
  event.target.closest("a, button") || !getSelection()?.isCollapsed || (event.metaKey || event.ctrlKey ? window.open(href2, "_blank", "noopener") : navigate(href2));
}

// src/ui/toast.tsx
var SHOWN_MS = 3500, toasts = y3([]), lastId = 0;
function toast(text2) {
  let id = ++lastId;
  toasts.value = [...toasts.value.slice(-2), { id, text: text2 }], setTimeout(() => toasts.value = toasts.value.filter((other) => other.id !== id), SHOWN_MS);
}
function Toasts() {
  return a3("div", { class: "toasts", role: "status", "aria-live": "polite", children: toasts.value.map(({ id, text: text2 }) => a3("div", { class: "toast", children: text2 }, id)) });
}

// src/pages/slo/table.tsx
var HOVER_MS = 200;
function SloTable({ slos, dimmed, group: group2, sort: sort2 }) {
  let t4 = texts().slo, f5 = fmt(), rows = ordered(slos, sort2, group2), key = (slo) => `${slo.name}/${slo.objective}`, to = (slo) => href("slo", { name: slo.name }, (slo.objectives ?? 1) > 1 ? { objective: slo.objective } : {}), columns = [
    { key: "name", head: t4.name, cell: (slo) => a3(SloName, { slo, to: to(slo) }), class: "slo-name" },
    { key: "story", head: t4.story, cell: (slo) => slo.storyTitle ?? slo.story ?? "", wideOnly: !0, class: "muted" },
    { key: "target", head: t4.target, cell: (slo) => f5.target(slo.target), num: !0, wideOnly: !0 },
    { key: "now", head: t4.now, cell: (slo) => a3(Now, { slo }), num: !0, wideOnly: !0 },
    { key: "budget", head: t4.budget, cell: (slo) => a3(BudgetBar, { slo }), class: "slo-budget" },
    { key: "burn", head: t4.burn, cell: (slo) => burnText(slo, f5), num: !0, wideOnly: !0 },
    { key: "out", head: t4.runsOut, cell: (slo) => a3(RunsOut, { slo }), num: !0, wideOnly: !0 },
    { key: "status", head: t4.status, cell: (slo) => a3(StatusPill, { slo }) }
  ];
  return useKeys([
    {
      keys: "s",
      label: texts().keys.acknowledge,
      group: "list",
      run: () => {
        let row = document.activeElement?.closest("tr")?.querySelector("a")?.getAttribute("href"), slo = rows.find((slo2) => to(slo2) === row);
        acknowledge(slo?.alerts?.find((alert) => alert.state === "firing" && alert.id)?.id ?? null);
      }
    }
  ]), a3(
    DataTable,
    {
      label: t4.table,
      columns,
      rows,
      rowKey: key,
      rowHref: to,
      dimmed,
      class: "slo-table",
      groupOf: group2 === "none" ? void 0 : (slo) => groupOf(slo, group2),
      groupHead: (name) => a3(GroupHead, { name, slos: rows.filter((slo) => groupOf(slo, group2) === name) })
    }
  );
}
async function acknowledge(id) {
  let t4 = texts().slo;
  if (!id) return toast(t4.ackNone);
  try {
    await getJson(apiUrl(`/alerts/${encodeURIComponent(id)}/ack`), lang.peek(), void 0, JSON.stringify({ by: "" })), toast(t4.acked);
  } catch (error) {
    toast(error instanceof ApiError ? error.message : String(error));
  }
}
function GroupHead({ name, slos }) {
  let worst = [...slos].sort(byRisk)[0];
  return a3("span", { class: "row tight", children: [
    name || texts().slo.ungrouped,
    a3("span", { class: "muted", children: slos.length }),
    a3(StatusPill, { slo: worst })
  ] });
}
function burnText(slo, f5) {
  let [hour, sixHours] = [slo.burn["1h"] ?? null, slo.burn["6h"] ?? null];
  return hour === null && sixHours === null ? "–" : `${f5.burn(hour)} / ${f5.burn(sixHours)}`;
}
function SloName({ slo, to }) {
  let more = [objectiveOf(slo), slo.service].filter(Boolean).join(" · ");
  return a3($, { children: [
    a3("a", { class: "link", href: to, children: a3("b", { children: titleOf(slo) }) }),
    " ",
    a3("span", { class: "muted", children: more })
  ] });
}
function Now({ slo }) {
  let t4 = texts().slo, f5 = fmt();
  return a3($, { children: [
    slo.isEstimate && slo.sli !== null && a3("abbr", { title: t4.estimate, children: "~" }),
    f5.sli(slo.sli, slo.target),
    slo.raw && a3("div", { class: "sub", children: t4.rawIs(f5.sli(slo.raw.sli, slo.target)) })
  ] });
}
function BudgetBar({ slo }) {
  let t4 = texts(), [hovered, setHovered] = d2(!1), [shown, setShown] = d2(!1);
  if (A2(() => {
    if (!hovered) return setShown(!1);
    let timer = setTimeout(() => setShown(!0), HOVER_MS), onKey = (event) => event.key === "Escape" && setHovered(!1);
    return addEventListener("keydown", onKey), () => {
      clearTimeout(timer), removeEventListener("keydown", onKey);
    };
  }, [hovered]), slo.budget === null) return a3("span", { class: "sub", children: t4.status.none });
  let one = oneFailure(slo);
  return a3("div", { class: "budget", onPointerEnter: (event) => event.pointerType === "mouse" && setHovered(!0), onPointerLeave: () => setHovered(!1), children: [
    a3(BudgetMeter, { budget: slo.budget, name: titleOf(slo) }),
    one !== null && a3(ShapePill, { tone: "info", label: t4.slo.oneFailure(fmt().share(one)) }),
    shown && a3(Spark, { slo })
  ] });
}
function BudgetMeter({ budget, name }) {
  let text2 = fmt().budget(budget);
  return a3($, { children: [
    a3(Meter, { share: budget, tone: budget <= 0 ? "crit" : budget < 0.25 ? "warn" : "ok", label: texts().slo.budgetOf(name), valueText: text2 }),
    a3("span", { class: "num", children: text2 })
  ] });
}
function Spark({ slo }) {
  let t4 = texts().slo, budgets = useResource(apiUrl(`/slos/${encodeURIComponent(slo.name)}/series`, { objective: slo.objective })).data?.points.map((point) => point.forecast ?? point.budget) ?? [], known2 = budgets.filter((budget) => budget !== null), low = Math.max(-1, Math.min(0, ...known2)), y5 = (budget) => 2 + (1 - (Math.max(low, budget) - low) / (1 - low)) * 40, points = budgets.flatMap((budget, i4) => budget === null ? [] : [`${(i4 / Math.max(1, budgets.length - 1) * 176).toFixed(1)},${y5(budget).toFixed(1)}`]), span = slo.window ?? slo.calendar?.duration ?? "";
  return a3("div", { class: "spark", role: "img", "aria-label": t4.sparkOf(titleOf(slo), fmt().window(span)), children: [
    a3("span", { class: "sub", children: fmt().window(span) }),
    a3("svg", { width: "176", height: "44", children: [
      a3("line", { class: "zero", x1: "0", x2: "176", y1: y5(0), y2: y5(0) }),
      points.length > 1 && a3("polyline", { class: "line", points: points.join(" ") })
    ] })
  ] });
}
function RunsOut({ slo }) {
  let lasts = lastsUs(slo);
  return a3($, { children: lasts === null ? "–" : fmt().relative(lasts / 1e3, 0) });
}
function StatusPill({ slo }) {
  let t4 = texts(), status2 = statusOf(slo);
  return a3("span", { class: "row tight nowrap-row", children: [
    a3(Pill, { tone: TONES[status2], children: t4.status[status2] }),
    status2 !== "held" && holdsReleases(slo) && a3(ShapePill, { tone: "frozen", label: t4.slo.heldHint })
  ] });
}
function Arrange({ group: group2, sort: sort2, set }) {
  let t4 = texts().slo;
  return a3("div", { class: "row tight", children: [
    a3("label", { class: "choose", children: [
      a3("span", { class: "sub", children: t4.groupBy }),
      a3("select", { class: "input", value: group2, onChange: (event) => set({ group: event.currentTarget.value }), children: GROUPS.map((name) => a3("option", { value: name, children: t4.groups[name] }, name)) })
    ] }),
    a3("label", { class: "choose", children: [
      a3("span", { class: "sub", children: t4.sortBy }),
      a3("select", { class: "input", value: sort2, onChange: (event) => set({ sort: event.currentTarget.value }), children: SORTS.map((name) => a3("option", { value: name, children: t4.sorts[name] }, name)) })
    ] })
  ] });
}

// src/pages/trace/source.ts
var BYTES_MAX = 10 * 1024 * 1024, opened = new Map();
function useTrace(id) {
  let here = id === null ? void 0 : opened.get(id), stored = useResource(id === null || here ? null : apiUrl(`/traces/${id}`));
  return here ? { data: here.columns, problem: void 0, retry: () => {
  } } : stored;
}
function askTrace(id, query, signal) {
  let here = opened.get(id);
  return here ? draw(here.text, query, signal) : getJson(apiUrl(`/traces/${id}`, query), lang.peek(), signal);
}
async function draw(text2, query, signal) {
  return getJson(apiUrl("/traces/draw", query), lang.peek(), signal, text2);
}
async function openText(text2) {
  if (text2.length > BYTES_MAX) return toast(texts().trace.openTooLarge);
  try {
    let columns = await draw(text2, {});
    opened.set(columns.traceId, { text: text2, columns }), navigate(href("trace", { id: columns.traceId }));
  } catch (error) {
    let problem = error instanceof ApiError ? error.problem : { title: String(error), status: UNREACHABLE };
    toast(problem.status === UNREACHABLE ? texts().state.unreachable : [problem.detail ?? problem.title, problem.hint].filter(Boolean).join(" "));
  }
}
function startOpening() {
  addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault()), addEventListener("drop", (event) => {
    let file = event.dataTransfer?.files[0];
    file && (event.preventDefault(), file.text().then(openText));
  }), addEventListener("paste", (event) => {
    let text2 = event.clipboardData?.getData("text/plain").trim() ?? "";
    !/^\[\s*[[{]/.test(text2) || event.target instanceof Element && event.target.closest("textarea") || (event.preventDefault(), openText(text2));
  });
}

// src/ui/service.tsx
function ServiceDot({ color }) {
  let hue = color === void 0 ? "" : ` c${color % 8}`;
  return a3("i", { class: `dot${hue}${color !== void 0 && color >= 8 ? " hatch" : ""}`, "aria-hidden": "true" });
}
function ServiceName({ name, color }) {
  return a3("span", { class: "service", children: [
    a3(ServiceDot, { color }),
    name
  ] });
}

// src/pages/trace/model.ts
function modelOf(trace) {
  let { rows } = trace, model = {
    traceId: trace.traceId,
    startUs: trace.startUs,
    durationUs: Math.max(1, trace.durationUs),
    count: rows.id.length,
    spans: trace.spans,
    errors: trace.errors,
    missingParents: trace.missingParents,
    skewCorrected: trace.skewCorrected,
    services: huesOf(trace.services),
    names: trace.names,
    ids: rows.id,
    kinds: rows.kind,
    remotes: rows.remote,
    statuses: rows.status,
    parent: Int32Array.from(rows.parent),
    depth: Uint16Array.from(rows.depth),
    size: Int32Array.from(rows.size),
    service: Uint16Array.from(rows.service),
    name: Uint32Array.from(rows.name),
    start: Float64Array.from(rows.startUs),
    duration: Float64Array.from(rows.durationUs),
    self: new Float64Array(rows.id.length),
    isError: Uint8Array.from(rows.error),
    isCritical: Uint8Array.from(rows.critical)
  };
  return fillSelfTime(model), model;
}
function huesOf(services) {
  let taken = new Set(), hues = services.map(() => ({ hue: 0, isHatched: !1 })), order = services.map((_4, i4) => i4).sort((a5, b3) => services[a5].color - services[b3].color);
  for (let i4 of order) {
    let hue = services[i4].color % 8, isFull = taken.size >= 8;
    for (; !isFull && taken.has(hue); ) hue = (hue + 1) % 8;
    taken.add(hue), hues[i4] = { hue, isHatched: isFull };
  }
  return services.map((service, i4) => ({ ...service, ...hues[i4] }));
}
function fillSelfTime(model) {
  let { count, size, start, duration, self } = model, children = [];
  for (let row = 0; row < count; row++) {
    let end = start[row] + duration[row];
    children.length = 0;
    let isSorted = !0;
    for (let child = row + 1; child < row + size[row]; child += Math.max(1, size[child]))
      children.length > 0 && start[child] < start[children[children.length - 1]] && (isSorted = !1), children.push(child);
    isSorted || children.sort((a5, b3) => start[a5] - start[b3]);
    let covered = 0, upTo = start[row];
    for (let child of children) {
      let from = Math.max(upTo, start[child]), to = Math.min(end, start[child] + duration[child]);
      to > from && (covered += to - from, upTo = to);
    }
    self[row] = Math.max(0, duration[row] - covered);
  }
}
function shareByService(model) {
  let shares = model.services.map((_4, service) => ({ service, spans: 0, errors: 0, selfUs: 0, share: 0 })), total = 0;
  for (let row = 0; row < model.count; row++) {
    let of = shares[model.service[row]];
    of.spans++, of.errors += model.isError[row], of.selfUs += model.self[row], total += model.self[row];
  }
  for (let of of shares) of.share = total > 0 ? of.selfUs / total : 0;
  return shares.filter((of) => of.spans > 0).sort((a5, b3) => b3.selfUs - a5.selfUs);
}
function visibleRows(model, collapsed) {
  let rows = new Int32Array(model.count), n3 = 0;
  for (let row = 0; row < model.count; )
    rows[n3++] = row, row += collapsed[row] ? Math.max(1, model.size[row]) : 1;
  return rows.subarray(0, n3);
}
function indexOfRow(visible, row) {
  let low = 0, high = visible.length - 1;
  for (; low <= high; ) {
    let middle = low + high >> 1;
    if (visible[middle] === row) return middle;
    visible[middle] < row ? low = middle + 1 : high = middle - 1;
  }
  return -1;
}
function reveal(model, collapsed, row) {
  let changed = !1;
  for (let at = model.parent[row]; at >= 0; at = model.parent[at])
    collapsed[at] && (collapsed[at] = 0, changed = !0);
  return changed;
}
function stepLevel(model, collapsed, open2) {
  let visible = visibleRows(model, collapsed), level = open2 ? 1 / 0 : -1;
  for (let row of visible)
    model.size[row] <= 1 || (open2 && collapsed[row] && (level = Math.min(level, model.depth[row])), !open2 && !collapsed[row] && (level = Math.max(level, model.depth[row])));
  for (let row of visible)
    model.size[row] > 1 && model.depth[row] === level && (collapsed[row] = open2 ? 0 : 1);
}
function nextFlagged(flags, from, step) {
  let n3 = flags.length;
  for (let i4 = 1; i4 <= n3; i4++) {
    let row = (from + step * i4 + n3 * 2) % n3;
    if (flags[row]) return row;
  }
  return -1;
}

// src/ui/clipboard.ts
async function copyText(text2) {
  try {
    await navigator.clipboard.writeText(text2), toast(texts().shell.copied(text2));
  } catch {
    toast(texts().shell.copyFailed);
  }
}

// src/url/command.ts
function shellQuote(word) {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
function commandOf(place2) {
  switch (place2.name) {
    case "overview":
    case "slos":
      return "nines slo status";
    case "slo":
      return `nines slo explain ${shellQuote(place2.path.name)}`;
    case "traces":
      return `nines trace find ${place2.query.q ? shellQuote(place2.query.q) : "''"} --since ${place2.query.t}`;
    case "trace":
      return `nines trace get ${shellQuote(place2.path.id)}`;
    case "compare":
      return `nines trace compare ${shellQuote(place2.path.a)} ${shellQuote(place2.path.b)}`;
    case "missing":
      return null;
  }
}

// src/shell/actions.ts
var sheet = y3("none");
function copyLink() {
  copyText(location.href);
}
function copyCommand() {
  let command = commandOf(place.peek());
  command ? copyText(command) : toast(texts().shell.copyFailed);
}
function focusFilter() {
  let field = document.querySelector("[data-filter]");
  field?.focus(), field?.select();
}

// src/shell/head.ts
var pageTitle = y3("");
function useTitle(title, tabTitle = title) {
  let full = texts().shell.title(tabTitle);
  A2(() => {
    pageTitle.value = title, document.title = full;
  }, [title, full]);
}

// src/shell/match.ts
function score(query, text2) {
  let words = query.toLowerCase().split(/\s+/).filter(Boolean), target = text2.toLowerCase(), total = 0;
  for (let word of words) {
    let at = target.indexOf(word);
    if (at < 0) return null;
    let atWordStart = at === 0 || /[\s\-/_.:·]/.test(target[at - 1]);
    total += at === 0 ? 0 : atWordStart ? 1 : 3;
  }
  return total;
}
function rank(items, query, textOf) {
  return items.map((item, i4) => ({ item, i: i4, score: score(query, textOf(item)) })).filter((scored) => scored.score !== null).sort((a5, b3) => (a5.score ?? 0) - (b3.score ?? 0) || a5.i - b3.i).map((scored) => scored.item);
}

// src/shell/theme.ts
var THEMES = ["system", "light", "dark"], saved = readChoice("theme"), theme = y3(saved === "light" || saved === "dark" ? saved : "system"), paletteVersion = y3(0);
function switchTheme(next) {
  theme.value = next, saveChoice("theme", next === "system" ? null : next), next === "system" ? delete document.documentElement.dataset.theme : document.documentElement.dataset.theme = next, paletteVersion.value++;
}
var density = y3(readChoice("density") === "dense" ? "dense" : "comfortable");
function startTheme() {
  for (let query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"])
    matchMedia(query).addEventListener("change", () => paletteVersion.value++);
}

// src/ui/canvas.ts
function fitCanvas(canvas, width, height) {
  let ratio = devicePixelRatio || 1, w5 = Math.round(width * ratio), h5 = Math.round(height * ratio);
  (canvas.width !== w5 || canvas.height !== h5) && (canvas.width = w5, canvas.height = h5, canvas.style.width = `${width}px`, canvas.style.height = `${height}px`);
  let ctx = canvas.getContext("2d");
  return ctx?.setTransform(ratio, 0, 0, ratio, 0, 0), ctx;
}
function coloursOf(el, names) {
  let probe = document.createElement("span");
  probe.style.setProperty("forced-color-adjust", "none"), el.append(probe);
  let colours = {};
  for (let name of Object.keys(names))
    probe.style.color = `var(${names[name]})`, colours[name] = getComputedStyle(probe).color;
  return probe.remove(), colours;
}
function mixed(from, to, share) {
  let [a5, b3] = [from, to].map((colour) => (colour.match(/[\d.]+/g) ?? []).map(Number));
  return `rgb(${[0, 1, 2].map((i4) => Math.round(a5[i4] + (b3[i4] - a5[i4]) * share)).join(",")})`;
}

// src/ui/crosshair.ts
var crosshairMs = y3(null);

// src/ui/dialog.tsx
function Dialog({ label, onClose, class: extra, children }) {
  let dialog = T2(null);
  return A2(() => {
    let before = document.activeElement;
    return dialog.current?.showModal(), () => before instanceof HTMLElement && before.isConnected && before.focus();
  }, []), a3(
    "dialog",
    {
      ref: dialog,
      class: `dialog ${extra ?? ""}`,
      "aria-label": label,
      onClose,
      onClick: (event) => event.target === event.currentTarget && dialog.current?.close(),
      children
    }
  );
}

// src/ui/icons.tsx
var OUTLINES = {
  house: ["M15 21v-8a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v8", "M3 10a2 2 0 0 1 .709-1.528l7-6a2 2 0 0 1 2.582 0l7 6A2 2 0 0 1 21 10v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z"],
  target: ["M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20", "M12 6a6 6 0 1 0 0 12 6 6 0 1 0 0-12", "M12 10a2 2 0 1 0 0 4 2 2 0 1 0 0-4"],
  traces: ["M10 6h8", "M12 16h6", "M3 3v16a2 2 0 0 0 2 2h16", "M8 11h7"],
  search: ["m21 21-4.34-4.34", "M11 3a8 8 0 1 0 0 16 8 8 0 1 0 0-16"],
  sun: ["M12 8a4 4 0 1 0 0 8 4 4 0 1 0 0-8", "M12 2v2", "M12 20v2", "m4.93 4.93 1.41 1.41", "m17.66 17.66 1.41 1.41", "M2 12h2", "M20 12h2", "m6.34 17.66-1.41 1.41", "m19.07 4.93-1.41 1.41"],
  settings: ["M14 17H5", "M19 7h-9", "M17 14a3 3 0 1 0 0 6 3 3 0 1 0 0-6", "M7 4a3 3 0 1 0 0 6 3 3 0 1 0 0-6"],
  help: ["M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20", "M9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3", "M12 17h.01"],
  "chevron-down": ["m6 9 6 6 6-6"],
  "chevron-up": ["m18 15-6-6-6 6"],
  x: ["M18 6 6 18", "m6 6 12 12"],
  check: ["M20 6 9 17l-5-5"],
  copy: ["M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V10a2 2 0 0 1 2-2", "M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2"],
  alert: ["M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20", "M12 8v4", "M12 16h.01"],
  warning: ["m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3", "M12 9v4", "M12 17h.01"],
  rocket: ["M12 15v5s3.03-.55 4-2c1.08-1.62 0-5 0-5", "M4.5 16.5c-1.5 1.26-2 5-2 5s3.74-.5 5-2c.71-.84.7-2.13-.09-2.91a2.18 2.18 0 0 0-2.91-.09", "M9 12a22 22 0 0 1 2-3.95A12.88 12.88 0 0 1 22 2c0 2.72-.78 7.5-6 11a22.4 22.4 0 0 1-4 2z", "M9 12H4s.55-3.03 2-4c1.62-1.08 5 .05 5 .05"],
  refresh: ["M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 2.74L21 8", "M21 3v5h-5", "M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16", "M8 16H3v5"],
  clock: ["M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20", "M12 6v6l4 2"],
  "zoom-in": ["M11 3a8 8 0 1 0 0 16 8 8 0 1 0 0-16", "M21 21l-4.35-4.35", "M11 8v6", "M8 11h6"],
  "zoom-out": ["M11 3a8 8 0 1 0 0 16 8 8 0 1 0 0-16", "M21 21l-4.35-4.35", "M8 11h6"],
  maximize: ["M8 3H5a2 2 0 0 0-2 2v3", "M21 8V5a2 2 0 0 0-2-2h-3", "M3 16v3a2 2 0 0 0 2 2h3", "M16 21h3a2 2 0 0 0 2-2v-3"],
  "dock-right": ["M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2", "M15 3v18"],
  "dock-below": ["M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2", "M3 15h18"],
  collapse: ["m7 20 5-5 5 5", "m7 4 5 5 5-5"],
  expand: ["m7 15 5 5 5-5", "m7 9 5-5 5 5"],
  file: ["M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z", "M14 2v5a1 1 0 0 0 1 1h5", "M10 9H8", "M16 13H8", "M16 17H8"],
  power: ["M12 2v10", "M18.4 6.6a9 9 0 1 1-12.77.04"],
  activity: ["M22 12h-2.48a2 2 0 0 0-1.93 1.46l-2.35 8.36a.25.25 0 0 1-.48 0L9.24 2.18a.25.25 0 0 0-.48 0l-2.35 8.36A2 2 0 0 1 4.49 12H2"],
  lock: ["M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2", "M7 11V7a5 5 0 0 1 10 0v4"],
  link: ["M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71", "M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71"],
  swap: ["m16 3 4 4-4 4", "M20 7H4", "m8 21-4-4 4-4", "M4 17h16"],
  terminal: ["M12 19h8", "m4 17 6-6-6-6"]
};
function Icon({ name }) {
  return a3("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", children: OUTLINES[name].map((d5) => a3("path", { d: d5 }, d5)) });
}

// src/ui/states.tsx
function Skeleton({ rows = 4 }) {
  return a3("div", { class: "state", "aria-busy": "true", children: [
    a3("span", { class: "sr", children: texts().state.loading }),
    Array.from({ length: rows }, (_4, i4) => a3("span", { class: "skeleton", style: { width: `${92 - i4 * 37 % 40}%` } }, i4))
  ] });
}
function Empty({ title, children, tone }) {
  return a3("div", { class: "state", children: [
    tone ? a3("div", { class: "row tight", children: a3(Pill, { tone, children: title }) }) : a3("h2", { children: title }),
    children
  ] });
}
function Failure({ what, problem, url, retry }) {
  let t4 = texts(), words = problem.status === UNREACHABLE ? t4.state.unreachable : problem.detail ?? problem.title;
  return a3("div", { class: "state", role: "alert", children: [
    a3("div", { class: "row tight", children: a3(Pill, { tone: "crit", children: problem.status === UNREACHABLE ? t4.state.failed(what) : `${t4.state.failed(what)} (${problem.status})` }) }),
    a3("p", { children: words }),
    problem.hint && a3("p", { children: problem.hint }),
    a3("div", { class: "row tight", children: [
      a3("button", { type: "button", class: "btn", onClick: retry, children: [
        a3(Icon, { name: "refresh" }),
        t4.state.retry
      ] }),
      a3("button", { type: "button", class: "btn quiet", onClick: () => {
        copyText(JSON.stringify({ url, at: (new Date()).toISOString(), problem }));
      }, children: t4.state.diagnostic })
    ] })
  ] });
}
function Banner({ tone, children, action }) {
  return a3("div", { class: `banner ${tone}`, role: "status", children: [
    a3(Shape, { tone }),
    a3("p", { children }),
    action
  ] });
}
function Stale({ sinceMs, resource, what }) {
  let t4 = texts();
  return resource?.problem ? a3(Banner, { tone: "warn", action: a3(RetryButton, { retry: resource.retry }), children: resource.problem.status === UNREACHABLE ? t4.state.unreachable : `${t4.state.failed(what)}: ${resource.problem.detail ?? resource.problem.title}` }) : sinceMs === void 0 ? null : a3(Pill, { tone: "warn", children: t4.state.stale(fmt().relative(sinceMs, Math.max(nowMs.value, sinceMs))) });
}
function RetryButton({ retry }) {
  return a3("button", { type: "button", class: "btn small", onClick: retry, children: texts().state.retry });
}
function Loaded({ resource, what, rows, card, children }) {
  if (resource.data !== void 0) return a3($, { children: children(resource.data) });
  let instead = resource.problem ? a3(Failure, { what, problem: resource.problem, retry: resource.retry }) : a3(Skeleton, { rows });
  return card ? a3("section", { class: "card", children: instead }) : instead;
}

// src/ui/width.ts
function useWidth(box) {
  let [width, setWidth] = d2(0);
  return A2(() => {
    let observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    return observer.observe(box.current), () => observer.disconnect();
  }, []), width;
}

// src/ui/windowing.ts
function visibleSpan(scrollTop, viewportPx, rowPx, count, overscan) {
  let first = Math.max(0, Math.floor(scrollTop / rowPx) - overscan), end = Math.min(count, Math.ceil((scrollTop + viewportPx) / rowPx) + overscan);
  return { first: Math.min(first, count), end: Math.max(end, Math.min(first, count)) };
}
function scrollToShow(index, scrollTop, viewportPx, rowPx, margin) {
  let top = (index - margin) * rowPx, bottom = (index + 1 + margin) * rowPx;
  return top < scrollTop ? Math.max(0, top) : bottom > scrollTop + viewportPx ? Math.max(0, Math.min(index * rowPx, bottom - viewportPx)) : scrollTop;
}

// src/ui/virtual.tsx
var OVERSCAN_ROWS = 6;
function VirtualRows({ label, role, count, rowPx, head, active, onMove, onKey, onOpen, rowProps, cells, class: extra }) {
  let id = P2().replace(/\W/g, ""), scroller = T2(null), [seen, setSeen] = d2({ top: 0, height: 600 }), frame = T2(0);
  F2(() => {
    let el = scroller.current, look = () => setSeen({ top: el.scrollTop, height: el.clientHeight }), observer = new ResizeObserver(look);
    observer.observe(el);
    let onScroll = () => frame.current ||= requestAnimationFrame(() => (frame.current = 0, look()));
    return el.addEventListener("scroll", onScroll, { passive: !0 }), () => {
      observer.disconnect(), el.removeEventListener("scroll", onScroll), cancelAnimationFrame(frame.current);
    };
  }, []), A2(() => {
    let el = scroller.current;
    if (!el || active < 0) return;
    let top = scrollToShow(active, el.scrollTop, el.clientHeight - rowPx, rowPx, 1);
    top !== el.scrollTop && (el.scrollTop = top);
  }, [active, count]);
  let page = Math.max(1, Math.floor(seen.height / rowPx) - 2), goTo = (index) => count > 0 && onMove(Math.min(count - 1, Math.max(0, index))), steps = {
    ArrowDown: () => goTo(active + 1),
    ArrowUp: () => goTo(active < 0 ? count - 1 : active - 1),
    PageDown: () => goTo(active + page),
    PageUp: () => goTo(active - page),
    Home: () => goTo(0),
    End: () => goTo(count - 1),
    Enter: () => active >= 0 && onOpen?.(active)
  };
  steps.j = steps.ArrowDown, steps.k = steps.ArrowUp;
  let onKeyDown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== scroller.current) return;
    let step = event.shiftKey ? void 0 : steps[event.key];
    if (step) step();
    else if (!onKey?.(event)) return;
    event.preventDefault(), event.stopPropagation();
  }, { first, end } = visibleSpan(seen.top, seen.height, rowPx, count, OVERSCAN_ROWS), pool = Math.ceil(seen.height / rowPx) + 2 * OVERSCAN_ROWS + 1, rows = [];
  for (let index = first; index < end; index++) {
    let { class: own, ...more } = rowProps?.(index) ?? {};
    rows.push(
      a3(
        "div",
        {
          role: "row",
          id: `${id}-${index}`,
          class: `v-row ${own ?? ""}${index === active ? " selected" : ""}`,
          "aria-rowindex": index + 2,
          "aria-selected": index === active,
          style: { transform: `translateY(${index * rowPx}px)`, height: `${rowPx}px` },
          onClick: () => onMove(index),
          onDblClick: () => onOpen?.(index),
          ...more,
          children: cells(index)
        },
        index % pool
      )
    );
  }
  return a3(
    "div",
    {
      ref: scroller,
      class: `v-grid ${extra ?? ""}`,
      role,
      "aria-label": label,
      "aria-rowcount": count + 1,
      tabIndex: 0,
      "aria-activedescendant": active >= first && active < end ? `${id}-${active}` : void 0,
      onKeyDown,
      children: [
        a3("div", { role: "row", class: "v-head", "aria-rowindex": 1, style: { height: `${rowPx}px` }, children: head }),
        a3("div", { class: "v-rows", role: "rowgroup", style: { height: `${count * rowPx}px` }, children: rows })
      ]
    }
  );
}

// src/url/settled.ts
var RESTS_MS = 200;
function useSettled(inAddress, write) {
  let [value, setValue] = d2(inAddress), written = T2(inAddress), timer = T2(void 0), writeNow = T2(write);
  return writeNow.current = write, A2(() => {
    inAddress !== written.current && (clearTimeout(timer.current), written.current = inAddress, setValue(inAddress));
  }, [inAddress]), A2(() => () => clearTimeout(timer.current), []), [value, (next) => {
    setValue(next), clearTimeout(timer.current), timer.current = setTimeout(() => {
      written.current = next, writeNow.current(next);
    }, RESTS_MS);
  }];
}

// src/url/traceid.ts
function traceIdIn(text2) {
  let id = text2.trim().toLowerCase();
  return /^([0-9a-f]{16}|[0-9a-f]{32})$/.test(id) ? id : null;
}
function shortId(id) {
  return id.length <= 12 ? id : `${id.slice(0, 4)}…${id.slice(-4)}`;
}

// src/i18n/josa.ts
var DIGIT_FINALS = [21, 8, 0, 16, 0, 0, 1, 8, 8, 0], LETTER_FINALS = { l: 8, m: 16, n: 4, r: 8 };
function finalOf(word) {
  let last = word.replace(/[\s)\]}"'’”.…]+$/u, "").at(-1) ?? "", code = last.codePointAt(0) ?? 0;
  return code >= 44032 && code <= 55203 ? (code - 44032) % 28 : last >= "0" && last <= "9" ? DIGIT_FINALS[Number(last)] : last === "%" ? 0 : LETTER_FINALS[last.toLowerCase()] ?? 0;
}
function josaOnly(word, pair) {
  let [closed, open2] = pair.split("/"), final = finalOf(word);
  return pair === "으로/로" ? final === 0 || final === 8 ? open2 : closed : final === 0 ? open2 : closed;
}
function josa(word, pair) {
  return word + josaOnly(word, pair);
}

// src/pages/overview/suggest.ts
var PROMISED = [90, 95, 97, 98, 99, 99.5, 99.7, 99.8, 99.9, 99.95, 99.99], shareOf = (percent) => Number((percent / 100).toFixed(9));
function suggestionsOf(endpoints) {
  return endpoints.filter(({ key, spans }) => key[0] && key[1] && spans > 0).slice(0, 3).map(({ key, spans, errors }) => {
    let [service, op] = key, achieved = 1 - errors / spans, kept = PROMISED.filter((percent) => shareOf(percent) < achieved);
    return { name: `${service}-${op}-availability`.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 63), service, op, spans, achieved, target: shareOf(kept.length > 0 ? kept[kept.length - 1] : PROMISED[0]) };
  });
}
var quoted = (value) => (/^[\w.-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`).replaceAll("'", "''");
function yamlOf({ name, service, op, target }) {
  let where = `service=${quoted(service)} kind=server op=${quoted(op)}`;
  return `apiVersion: openslo/v1
kind: SLO
metadata: { name: ${name} }
spec:
  service: ${JSON.stringify(service)}
  indicator:
    metadata: { name: ${name} }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: spans, spec: { where: '${where} !error' } } }
        total: { metricSource: { type: spans, spec: { where: '${where}' } } }
  timeWindow: [ { duration: 28d, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: ${target} } ]
`;
}

// src/pages/trace/details.ts
var AROUND_ROWS = 25, REST_MS = 60, known = new WeakMap();
function useSpanDetail(model, row) {
  let details = known.get(model) ?? new Map();
  known.set(model, details);
  let [problem, setProblem] = d2(), [attempt, setAttempt] = d2(0), has = details.has(row);
  return A2(() => {
    if (has || row < 0) return;
    let request = new AbortController();
    setProblem(void 0);
    let timer = setTimeout(() => {
      let from = Math.max(0, row - AROUND_ROWS), to = Math.min(model.count - 1, row + AROUND_ROWS);
      askTrace(model.traceId, { rows: `${from}-${to}` }, request.signal).then(
        (page) => {
          for (let item of page.items) details.set(item.row, item);
          setAttempt((n3) => n3 + 1);
        },
        (error) => {
          request.signal.aborted || setProblem(error instanceof ApiError ? error.problem : { title: String(error), status: UNREACHABLE });
        }
      );
    }, REST_MS);
    return () => {
      clearTimeout(timer), request.abort();
    };
  }, [model, row, has, attempt]), { detail: details.get(row), problem, retry: () => setAttempt((n3) => n3 + 1) };
}

// src/pages/trace/marks.ts
var marked = y3(null);

// src/ui/lazy.tsx
function lazy(load2, quiet = !1) {
  let loaded = y3(null), failed = y3(!1), fetchIt = () => {
    failed.value = !1, load2().then(
      (component) => loaded.value = component,
      () => failed.value = !0
    );
  };
  return function(props) {
    let Component = loaded.value;
    return A2(() => {
      loaded.peek() || fetchIt();
    }, []), Component ? a3(Component, { ...props }) : quiet && !failed.value ? null : a3("section", { class: "card", children: failed.value ? a3(Failure, { what: texts().state.page, problem: { title: "", status: UNREACHABLE }, retry: fetchIt }) : a3(Skeleton, { rows: 12 }) });
  };
}

// src/ui/heat.ts
var Heatmap = lazy(() => import("./heatmap.js").then((module) => module.Heatmap), !0), HeatTable = lazy(() => import("./heatmap.js").then((module) => module.HeatTable), !0);

// src/ui/popover.tsx
var GAP_PX = 4, EDGE_PX = 8;
function Popover({ label, button, buttonClass, iconOnly, children }) {
  let id = P2().replace(/\W/g, ""), opener = T2(null), panel = T2(null);
  return A2(() => {
    let el = panel.current, place2 = () => el.matches(":popover-open") && placePanel(opener.current, el), onToggle = (event) => {
      let open2 = event.newState === "open";
      opener.current?.setAttribute("aria-expanded", String(open2)), open2 && (place2(), el.querySelector("input:checked, [aria-current], input, button")?.focus({ preventScroll: !0 }));
    };
    return el.addEventListener("toggle", onToggle), addEventListener("resize", place2), addEventListener("scroll", place2, { passive: !0, capture: !0 }), () => {
      el.removeEventListener("toggle", onToggle), removeEventListener("resize", place2), removeEventListener("scroll", place2, { capture: !0 });
    };
  }, []), a3($, { children: [
    a3(
      "button",
      {
        ref: opener,
        type: "button",
        class: `btn ${buttonClass ?? ""}`,
        "aria-label": iconOnly ? label : void 0,
        title: iconOnly ? label : void 0,
        "aria-haspopup": "dialog",
        "aria-expanded": "false",
        popovertarget: id,
        children: button
      }
    ),
    a3("div", { ref: panel, id, class: "menu", role: "dialog", "aria-label": label, popover: "auto", children: children(() => panel.current?.hidePopover()) })
  ] });
}
function placePanel(opener, panel) {
  let at = opener.getBoundingClientRect(), { width, height } = panel.getBoundingClientRect(), left = Math.min(Math.max(EDGE_PX, at.right - width), innerWidth - width - EDGE_PX), below = at.bottom + GAP_PX, top = below + height <= innerHeight - EDGE_PX ? below : Math.max(EDGE_PX, at.top - GAP_PX - height);
  panel.style.left = `${left}px`, panel.style.top = `${top}px`;
}

// src/url/timerange.ts
var isPinned = (range) => Number.isFinite(Date.parse(range.from)) && Number.isFinite(Date.parse(range.to));
function boundsOf(range, nowMs2) {
  return isPinned(range) ? { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() } : range.t === "1h" ? {} : { from: new Date(nowMs2 - (parseLength(range.t) ?? 0) / 1e3).toISOString(), to: new Date(nowMs2).toISOString() };
}
function toInput(ms, offsetMs) {
  return new Date(ms + offsetMs(ms)).toISOString().slice(0, 19);
}
function fromInput(text2, offsetMs) {
  let ms = Date.parse(`${text2}Z`);
  return ms - offsetMs(ms - offsetMs(ms));
}

export {
  $,
  Q,
  d2 as d,
  A2 as A,
  T2 as T,
  w2 as w,
  a3 as a,
  UNREACHABLE,
  apiUrl,
  ApiError,
  getJson,
  gridOf,
  startOfColumn,
  cellsOf,
  boxOf,
  sumOf,
  wholeOf,
  quantileOf,
  timeTicks,
  durationTicks,
  boot,
  readChoice,
  saveChoice,
  parseLength,
  josa,
  LANGS,
  LANG_NAMES,
  lang,
  texts,
  fmt,
  startLang,
  switchLang,
  useResource,
  live,
  spansArrivedAt,
  nowMs,
  startLive,
  PROMISED,
  shareOf,
  suggestionsOf,
  yamlOf,
  statusOf,
  TONES,
  isBurning,
  lastsUs,
  matchesStatus,
  allowedOf,
  oneFailure,
  titleOf,
  objectiveOf,
  burnStateOf,
  bindingsVersion,
  singleKeys,
  setSingleKeys,
  useKeys,
  allBindings,
  startKeys,
  Shape,
  Pill,
  STATUSES,
  SLO_TABS,
  href,
  place,
  moves,
  navigate,
  dropVisitLang,
  startLocation,
  DataTable,
  Toasts,
  SloTable,
  acknowledge,
  BudgetMeter,
  StatusPill,
  Arrange,
  useTrace,
  startOpening,
  useSpanDetail,
  ServiceDot,
  ServiceName,
  modelOf,
  huesOf,
  shareByService,
  visibleRows,
  indexOfRow,
  reveal,
  stepLevel,
  nextFlagged,
  copyText,
  sheet,
  copyLink,
  copyCommand,
  focusFilter,
  pageTitle,
  useTitle,
  score,
  rank,
  THEMES,
  theme,
  paletteVersion,
  switchTheme,
  startTheme,
  fitCanvas,
  coloursOf,
  mixed,
  crosshairMs,
  Dialog,
  Icon,
  Skeleton,
  Empty,
  Failure,
  Banner,
  Stale,
  Loaded,
  lazy,
  useWidth,
  Heatmap,
  HeatTable,
  Popover,
  visibleSpan,
  scrollToShow,
  VirtualRows,
  useSettled,
  isPinned,
  boundsOf,
  toInput,
  fromInput,
  traceIdIn,
  shortId
};
