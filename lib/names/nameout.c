#include "names/nameout.h"

#include "base/num.h"
#include "record/cid.h"
#include "record/rec.h"

const char *const nameout_column[NAMEOUT_COLUMNS] = {
	"cid", "start", "client", "address", "name", "how", "until"
};

void
nameout_header(struct out *o)
{
	rec_header(o, nameout_column, NAMEOUT_COLUMNS);
}

void
nameout_row(struct out *o, const struct nameout *r, const struct saidname *name)
{
	char cid[CID_TEXT], text[ADDR_TEXT];

	cid_format(cid, &r->client, r->server != NULL ? r->server : &r->address,
	    r->proto, r->sport, r->dport);
	out_mem(o, cid, CID_TEXT - 1);
	out_char(o, '\t');
	out_time(o, r->start_ns, 6);
	out_char(o, '\t');
	out_mem(o, text, addr_format(&r->client, text));
	out_char(o, '\t');
	out_mem(o, text, addr_format(&r->address, text));
	out_char(o, '\t');
	out_mem(o, name->text, name->n);
	out_char(o, '\t');
	out_str(o, r->how);
	out_char(o, '\t');
	if (r->until_ns == TIME_NONE)
		out_char(o, '-');
	else
		out_time(o, r->until_ns, 6);
	out_char(o, '\n');
}
