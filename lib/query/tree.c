#include "query/tree.h"

#include <string.h>

#include "base/mem.h"
#include "query/lasting.h"
#include "record/column.h"

struct tree *
tree_new(enum tree_kind kind)
{
	struct tree *t = lasting_alloc(sizeof *t);

	t->kind = kind;
	return t;
}

struct tree *
tree_join(enum tree_kind kind, struct tree *left, struct tree *right)
{
	struct tree *t = tree_new(kind);

	t->left = left;
	t->right = right;
	return t;
}

struct tree *
tree_not(struct tree *inner)
{
	return tree_join(TREE_NOT, inner, NULL);
}

static size_t
number_of(struct tree_names *names, const char *name)
{
	size_t i, size = strlen(name) + 1;

	for (i = 0; i < names->n; i++)
		if (strcmp(names->name[i], name) == 0)
			return i;
	names->name = mem_grow(names->name, &names->cap, names->n + 1,
	    sizeof *names->name);
	names->name[i] = lasting_alloc(size);
	memcpy(names->name[i], name, size);
	return names->n++;
}

static bool
is_test(const struct tree *t)
{
	return t->kind > TREE_OR;
}

/* A duration was read as seconds; a column may have another unit. */
static void
set_unit(struct value *v, const char *name)
{
	const struct column *column = column_find(name, strlen(name));

	if (v->duration && column != NULL && strcmp(column->unit, "ms") == 0)
		decimal_scale(&v->number, 1000);
}

/* A copy of a tree of tests, for the column of that name.  Lists and regular
 * expressions are shared. */
static struct tree *
copy_for(struct tree_names *names, const struct tree *test, const char *name)
{
	struct tree *t = tree_new(test->kind);

	*t = *test;
	if (is_test(test)) {
		t->column = number_of(names, name);
		set_unit(&t->value, name);
		set_unit(&t->value_to, name);
		return t;
	}
	t->left = copy_for(names, test->left, name);
	if (test->right != NULL)
		t->right = copy_for(names, test->right, name);
	return t;
}

static struct tree *
is_proto(struct tree_names *names, const char *proto)
{
	struct tree *t = tree_new(TREE_EQUAL);

	t->column = number_of(names, "proto");
	value_read(&t->value, proto, strlen(proto), true);
	return t;
}

const struct value *
tree_unfit(const struct tree *t, const char *name, const char **why)
{
	const struct column *column = column_find(name, strlen(name));
	const struct value *unfit = NULL;

	if (t->kind == TREE_EQUAL && column != NULL &&
	    (*why = value_unfit(&t->value, column->type)) != NULL)
		return &t->value;
	if (t->left != NULL)
		unfit = tree_unfit(t->left, name, why);
	if (unfit == NULL && t->right != NULL)
		unfit = tree_unfit(t->right, name, why);
	return unfit;
}

struct tree *
tree_apply(struct tree_names *names, const struct tree_subject *subject,
    struct tree *test)
{
	struct tree *t = copy_for(names, test, subject->name[0]);

	if (subject->name[1] != NULL)
		t = tree_join(subject->both ? TREE_AND : TREE_OR, t,
		    copy_for(names, test, subject->name[1]));
	if (subject->proto != NULL)
		t = tree_join(TREE_AND, is_proto(names, subject->proto), t);
	return t;
}

struct tree_subject
tree_subject_of(const char *name)
{
	static const struct {
		const char *name;
		struct tree_subject subject;
	} aliases[] = {
		{"packets", {{"pkts"}, false, NULL}},
		{"rpackets", {{"rpkts"}, false, NULL}},
		{"ip.src", {{"src"}, false, NULL}},
		{"ip.dst", {{"dst"}, false, NULL}},
		{"ip.addr", {{"src", "dst"}, false, NULL}},
		{"ipv6.src", {{"src"}, false, NULL}},
		{"ipv6.dst", {{"dst"}, false, NULL}},
		{"ipv6.addr", {{"src", "dst"}, false, NULL}},
		{"ip.proto", {{"proto"}, false, NULL}},
		{"tcp.port", {{"sport", "dport"}, false, "tcp"}},
		{"tcp.srcport", {{"sport"}, false, "tcp"}},
		{"tcp.dstport", {{"dport"}, false, "tcp"}},
		{"udp.port", {{"sport", "dport"}, false, "udp"}},
		{"udp.srcport", {{"sport"}, false, "udp"}},
		{"udp.dstport", {{"dport"}, false, "udp"}},
	};

	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
		if (strcmp(aliases[i].name, name) == 0)
			return aliases[i].subject;
	return (struct tree_subject){ .name = { name, NULL } };
}

const char *
tree_proto(const char *name)
{
	static const char *const known[][2] = {
		{"tcp", "tcp"}, {"udp", "udp"}, {"icmp", "icmp"},
		{"icmp6", "ipv6-icmp"}, {"icmpv6", "ipv6-icmp"},
		{"ipv6-icmp", "ipv6-icmp"}, {"sctp", "sctp"},
		{"gre", "gre"}, {"esp", "esp"}, {"ah", "ah"},
		{"igmp", "igmp"}, {"ospf", "ospfigp"}, {"pim", "pim"},
		{"vrrp", "vrrp"}, {"dccp", "dccp"}, {"udplite", "udplite"},
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i][0], name) == 0)
			return known[i][1];
	return NULL;
}
