#include "record/vlankey.h"

#include "base/num.h"
#include "packet/linkname.h"

enum { VLAN_MOST = 4095 };

/* "-", or ids from the outermost tag on, joined by points. */
static bool
parse(struct rec_span v, uint32_t *key)
{
	struct linkname name = {.tags = 0};
	struct rec_span id[LINKNAME_TAGS];
	size_t n = span_is_unknown(v) ? 0 :
	    scan_split(v.s, v.n, '.', id, LINKNAME_TAGS);
	uint64_t number;

	if (n > LINKNAME_TAGS)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!num_u64(id[i].s, id[i].n, VLAN_MOST, &number))
			return false;
		name.vlan[name.tags++] = (uint16_t)number;
	}
	*key = linkname_vlans(&name);
	return true;
}

bool
vlankey_read(struct rec *r, size_t vlan, size_t rvlan, uint32_t *key)
{
	uint32_t reverse;

	if (!parse(rec_get(r, vlan), key))
		return rec_bad(r, vlan, "no ids of VLANs");
	if (!parse(rec_get(r, rvlan), &reverse))
		return rec_bad(r, rvlan, "no ids of VLANs");
	if (rec_unknown(r, vlan))
		*key = reverse;
	else if (!rec_unknown(r, rvlan) && reverse != *key)
		return rec_bad(r, rvlan, "other VLANs than vlan: a flow that "
		    "was made without -K vlan");
	return true;
}
