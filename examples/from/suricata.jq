# Flow events of Suricata's eve.json, one object a line.  Bytes there count
# whole Ethernet frames; payload is what the least headers leave, so exact
# for UDP, and for TCP too much by the TCP options.  Who spoke when is not in
# it, hence no rttcalc.

def columns: ["cid", "start", "end", "proto", "src", "sport", "dst", "dport",
  "dir", "pkts", "rpkts", "bytes", "rbytes", "app"];

# "2015-05-18T19:20:42.318375+0200"
def time:
  (.[0:19] + "Z" | fromdateiso8601) as $local
  | ((.[27:29] | tonumber) * 3600 + (.[-2:] | tonumber) * 60) as $offset
  | ($local - (if .[26:27] == "-" then -$offset else $offset end)) as $utc
  | "\($utc).\(.[20:26])";

def payload($pkts; $headers): [0, . - $pkts * $headers] | max;

def record:
  (.proto | ascii_downcase) as $proto
  | (14 + (if .src_ip | contains(":") then 40 else 20 end)
      + (if $proto == "udp" then 8 else 20 end)) as $headers
  | .flow as $f
  | ["-", ($f.start | time), ($f.end | time), $proto, .src_ip, .src_port,
     .dest_ip, .dest_port, "-", $f.pkts_toserver, $f.pkts_toclient,
     ($f.bytes_toserver | payload($f.pkts_toserver; $headers)),
     ($f.bytes_toclient | payload($f.pkts_toclient; $headers)),
     (.app_proto // "-")];

"#" + (columns | join("\t")),
(inputs
  | select(.event_type == "flow" and (.proto == "UDP" or .proto == "TCP"))
  | record | map(tostring) | join("\t"))
