%code requires {
/*
 * grammar: expressions, as a tree of tests.  `and` binds closer than `or`,
 * as in nfdump and Wireshark (in tcpdump both bind alike).
 */
#include "query/parser.h"
#include "query/pattern.h"
#define QUERY_YYLTYPE_IS_DECLARED 1
typedef struct parser_place QUERY_YYLTYPE;
}

%code {
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "query/lasting.h"

#define YYMAXDEPTH 10000
#define YYLLOC_DEFAULT(here, rhs, n) \
	((here) = (n) ? (struct parser_place){YYRHSLOC(rhs, 1).first, \
	    YYRHSLOC(rhs, n).last} : \
	    (struct parser_place){YYRHSLOC(rhs, 0).last + 1, \
	    YYRHSLOC(rhs, 0).last + 1})

int query_yylex(QUERY_YYSTYPE *, QUERY_YYLTYPE *, void *);

/* The token that cannot stand here, as it was typed: messages name it. */
static void query_yyerror(QUERY_YYLTYPE *, struct parser *, const char *);

static struct tree *test_equal(struct parser_place, struct parser_word);
static struct tree *test_item(struct parser_place, struct parser_word);
static struct tree *test_order(struct parser_place, struct parser_word,
    int sign, bool or_equal);
static struct tree *test_regex(struct parser_place, struct parser_word);
static struct tree *test_contains(struct parser_word);
static struct tree *test_file(struct parser_word);
static struct tree *test_net(struct parser_place, struct parser_word);
static struct tree *test_range(struct parser_place, struct parser_word);
static struct tree *test_address(struct parser_place, struct parser_word);
static struct tree *test_port(struct parser_place, struct parser_word);
static struct tree *test_proto(struct parser *, struct parser_place,
    struct parser_word);
static struct tree *test_family(struct parser *, bool four);
static struct tree *apply_to_ends(struct parser *, struct tree_subject,
    const char *source, const char *destination, struct tree *);
static struct tree *apply_to(struct parser *, struct parser_word,
    struct parser_place, struct tree *);
}

%define api.pure full
%define api.prefix {query_yy}
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%parse-param {struct parser *parser}
%lex-param {void *scanner}
%initial-action { @$ = (struct parser_place){1, 0}; }
%code {
#define scanner parser->scanner
}

%union {
	struct parser_word word;
	struct tree *tree;
	struct tree_subject ends;	/* name[0] or [1] set: that end */
}

%token OPEN CLOSE COMMA EQ NE LT LE GT GE MATCH NO_MATCH AND OR NOT CONTAINS
%token <word> IN ANY SRC DST HOST IP IP6 NET PORT PORTRANGE PROTO
%token <word> LISTFILE WORD STRING
%type <word> value column
%type <tree> expression test qualified predicate list items item
%type <tree> host_test net_test port_test
%type <ends> ends

%left OR
%left AND
%precedence NOT

%%
query:
  expression				{ parser->root = $1; }
;

expression:
  expression OR expression		{ $$ = tree_join(TREE_OR, $1, $3); }
| expression AND expression		{ $$ = tree_join(TREE_AND, $1, $3); }
| NOT expression			{ $$ = tree_not($2); }
| OPEN expression CLOSE			{ $$ = $2; }
| test
;

test:
  ANY					{ $$ = tree_new(TREE_ANY); }
| column predicate			{ $$ = apply_to(parser, $1, @2, $2); }
| qualified
| WORD					{ $$ = test_proto(parser, @1, $1); }
| WORD qualified			{ $$ = tree_join(TREE_AND,
	    test_proto(parser, @1, $1), $2); }
| PROTO WORD				{ $$ = test_proto(parser, @2, $2); }
| IP					{ $$ = test_family(parser, true); }
| IP6					{ $$ = test_family(parser, false); }
;

column:
  WORD | STRING | SRC | DST | PROTO
;

qualified:
  HOST host_test			{ $$ = apply_to_ends(parser,
	    (struct tree_subject){0}, "src", "dst", $2); }
| IP host_test				{ $$ = apply_to_ends(parser,
	    (struct tree_subject){0}, "src", "dst", $2); }
| NET net_test				{ $$ = apply_to_ends(parser,
	    (struct tree_subject){0}, "src", "dst", $2); }
| PORT port_test			{ $$ = apply_to_ends(parser,
	    (struct tree_subject){0}, "sport", "dport", $2); }
| PORTRANGE WORD			{ $$ = apply_to_ends(parser,
	    (struct tree_subject){0}, "sport", "dport",
	    test_range(@2, $2)); }
| ends HOST host_test			{ $$ = apply_to_ends(parser, $1,
	    "src", "dst", $3); }
| ends IP host_test			{ $$ = apply_to_ends(parser, $1,
	    "src", "dst", $3); }
| ends NET net_test			{ $$ = apply_to_ends(parser, $1,
	    "src", "dst", $3); }
| ends PORT port_test			{ $$ = apply_to_ends(parser, $1,
	    "sport", "dport", $3); }
| ends PORTRANGE WORD			{ $$ = apply_to_ends(parser, $1,
	    "sport", "dport", test_range(@3, $3)); }
| SRC WORD				{ $$ = apply_to_ends(parser,
	    (struct tree_subject){{"", NULL}, false, NULL}, "src", "dst",
	    test_address(@2, $2)); }
| DST WORD				{ $$ = apply_to_ends(parser,
	    (struct tree_subject){{NULL, ""}, false, NULL}, "src", "dst",
	    test_address(@2, $2)); }
;

ends:
  SRC		{ $$ = (struct tree_subject){{"", NULL}, false, NULL}; }
| DST		{ $$ = (struct tree_subject){{NULL, ""}, false, NULL}; }
| SRC OR DST	{ $$ = (struct tree_subject){{"", ""}, false, NULL}; }
| DST OR SRC	{ $$ = (struct tree_subject){{"", ""}, false, NULL}; }
| SRC AND DST	{ $$ = (struct tree_subject){{"", ""}, true, NULL}; }
| DST AND SRC	{ $$ = (struct tree_subject){{"", ""}, true, NULL}; }
;

host_test:
  WORD					{ $$ = test_address(@1, $1); }
| predicate
;

net_test:
  WORD					{ $$ = test_net(@1, $1); }
| predicate
;

port_test:
  WORD					{ $$ = test_port(@1, $1); }
| predicate
;

predicate:
  EQ value				{ $$ = test_equal(@2, $2); }
| NE value				{ $$ = tree_not(test_equal(@2, $2)); }
| LT value				{ $$ = test_order(@2, $2, -1, false); }
| LE value				{ $$ = test_order(@2, $2, -1, true); }
| GT value				{ $$ = test_order(@2, $2, 1, false); }
| GE value				{ $$ = test_order(@2, $2, 1, true); }
| MATCH value				{ $$ = test_regex(@2, $2); }
| NO_MATCH value			{ $$ = tree_not(test_regex(@2, $2)); }
| CONTAINS value			{ $$ = test_contains($2); }
| IN list				{ $$ = $2; }
| NOT IN list				{ $$ = tree_not($3); }
;

list:
  OPEN items CLOSE			{ $$ = $2; }
| item
| LISTFILE				{ $$ = test_file($1); }
;

items:
  item
| items item				{ $$ = tree_join(TREE_OR, $1, $2); }
| items COMMA item			{ $$ = tree_join(TREE_OR, $1, $3); }
;

item:
  value					{ $$ = test_item(@1, $1); }
;

value:
  WORD | STRING | IN | ANY | SRC | DST | HOST | IP | IP6 | NET | PORT
| PORTRANGE | PROTO
;

%%
#undef scanner

static struct value
read_value(struct parser_place at, struct parser_word word)
{
	struct value value;
	const char *fault = value_read(&value, word.text, word.n, word.quoted);

	if (fault != NULL)
		parser_fault_word(at, fault, word.text);
	return value;
}

static struct tree *
test_equal(struct parser_place at, struct parser_word word)
{
	struct tree *t = tree_new(TREE_EQUAL);

	t->value = read_value(at, word);
	return t;
}

static struct tree *
test_order(struct parser_place at, struct parser_word word, int sign,
    bool or_equal)
{
	struct tree *t = tree_new(TREE_ORDER);

	t->value = read_value(at, word);
	if (t->value.kind != VALUE_NUMBER && !word.quoted)
		parser_fault_word(at, "neither a number nor a date", word.text);
	t->sign = sign;
	t->or_equal = or_equal;
	return t;
}

static struct tree *
range_from(struct parser_place at, struct parser_word word, const char *to,
    size_t gap)
{
	struct tree *t = tree_new(TREE_RANGE);
	struct parser_word low = word, high = word;

	low.n = (size_t)(to - word.text);
	high.text += low.n + gap;
	high.n -= low.n + gap;
	t->value = read_value(at, low);
	t->value_to = read_value(at, high);
	if (t->value.kind != VALUE_NUMBER || t->value_to.kind != VALUE_NUMBER ||
	    decimal_compare(&t->value.number, &t->value_to.number) > 0)
		parser_fault_word(at, "no range", word.text);
	return t;
}

static struct tree *
test_item(struct parser_place at, struct parser_word word)
{
	const char *dots = word.quoted ? NULL : strstr(word.text, "..");

	return dots != NULL ? range_from(at, word, dots, 2) :
	    test_equal(at, word);
}

static struct tree *
test_range(struct parser_place at, struct parser_word word)
{
	const char *dash = strchr(word.text, '-');

	if (dash == NULL)
		return test_item(at, word);
	return range_from(at, word, dash, 1);
}

static struct tree *
test_address(struct parser_place at, struct parser_word word)
{
	struct tree *t = test_equal(at, word);

	if (t->value.kind != VALUE_ADDR)
		parser_fault_word(at, "no address", word.text);
	return t;
}

static struct tree *
test_port(struct parser_place at, struct parser_word word)
{
	struct tree *t = test_range(at, word);

	if (t->value.kind != VALUE_NUMBER)
		parser_fault_word(at, "no port number", word.text);
	return t;
}

static struct tree *
test_net(struct parser_place at, struct parser_word word)
{
	struct tree *t = tree_new(TREE_EQUAL);
	const char *fault = value_read_net(&t->value, word.text, word.n);

	if (fault != NULL)
		parser_fault_word(at, fault, word.text);
	return t;
}

static struct tree *
test_regex(struct parser_place at, struct parser_word word)
{
	struct tree *t = tree_new(TREE_REGEX);
	char why[PATTERN_WHY];

	t->regex = lasting_alloc(sizeof *t->regex);
	if (!pattern_compile(t->regex, word.text, word.n, why))
		parser_fault_word(at, why, word.text);
	return t;
}

static struct tree *
test_contains(struct parser_word word)
{
	struct tree *t = tree_new(TREE_CONTAINS);

	value_read(&t->value, word.text, word.n, true);
	return t;
}

static struct tree *
test_file(struct parser_word word)
{
	struct tree *t = tree_new(TREE_FILE);

	t->file = listfile_read(word.text);
	return t;
}

static struct tree *
test_proto(struct parser *parser, struct parser_place at,
    struct parser_word word)
{
	struct tree_subject subject = { .name = { "proto", NULL } };
	const char *proto = tree_proto(word.text);
	struct tree *t = tree_new(TREE_EQUAL);

	if (proto == NULL)
		parser_fault_word(at, "neither a protocol nor a column with "
		    "a test behind it", word.text);
	value_read(&t->value, proto, strlen(proto), true);
	return tree_apply(&parser->names, &subject, t);
}

static struct tree *
test_family(struct parser *parser, bool four)
{
	struct tree_subject subject = { .name = { "src", NULL } };
	struct tree *t = tree_new(TREE_FAMILY);

	t->four = four;
	return tree_apply(&parser->names, &subject, t);
}

static struct tree *
apply_to_ends(struct parser *parser, struct tree_subject ends,
    const char *source, const char *destination, struct tree *test)
{
	bool any = ends.name[0] == NULL && ends.name[1] == NULL;
	/* Not equal, of either end: neither is equal. */
	bool negated = test->kind == TREE_NOT && !ends.both;
	struct tree *t = negated ? test->left : test;

	if (any || (ends.name[0] != NULL && ends.name[1] != NULL)) {
		ends.name[0] = source;
		ends.name[1] = destination;
	} else {
		ends.name[0] = ends.name[0] != NULL ? source : destination;
		ends.name[1] = NULL;
	}
	t = tree_apply(&parser->names, &ends, t);
	return negated ? tree_not(t) : t;
}

static struct tree *
apply_to(struct parser *parser, struct parser_word word,
    struct parser_place at, struct tree *test)
{
	struct tree_subject subject = word.quoted ?
	    (struct tree_subject){ .name = { word.text, NULL } } :
	    tree_subject_of(word.text);
	bool negated = test->kind == TREE_NOT && subject.name[1] != NULL;
	const char *why;
	const struct value *unfit = tree_unfit(test, subject.name[0], &why);
	struct tree *t;

	if (unfit != NULL)
		parser_fault_word(at, why, unfit->text);
	t = tree_apply(&parser->names, &subject, negated ? test->left : test);
	return negated ? tree_not(t) : t;
}

static void
query_yyerror(QUERY_YYLTYPE *at, struct parser *parser, const char *what)
{
	(void)parser;
	parser_fault(*at, what);
}

static bool
awaits(const yypcontext_t *context, yysymbol_kind_t token)
{
	yysymbol_kind_t expected[YYNTOKENS];
	int n = yypcontext_expected_tokens(context, expected, YYNTOKENS);

	for (int i = 0; i < n; i++)
		if (expected[i] == token)
			return true;
	return false;
}

/* What could stand here, in words: the tokens that open it would be many. */
static int
yyreport_syntax_error(const yypcontext_t *context, struct parser *parser)
{
	bool end = yypcontext_token(context) == YYSYMBOL_YYEOF;
	const QUERY_YYLTYPE *at = yypcontext_location(context);
	const char *what = "a value";

	if (awaits(context, YYSYMBOL_ANY) && awaits(context, YYSYMBOL_NOT))
		what = "a test";
	else if (awaits(context, YYSYMBOL_EQ) && awaits(context, YYSYMBOL_AND))
		what = "a comparison (== != < <= > >= ~ in), and, or";
	else if (awaits(context, YYSYMBOL_EQ))
		what = "a comparison (== != < <= > >= ~ in)";
	else if (awaits(context, YYSYMBOL_COMMA))
		what = "another value, or the end of the list";
	else if (awaits(context, YYSYMBOL_CLOSE))
		what = "and, or, or a closing bracket";
	else if (awaits(context, YYSYMBOL_AND))
		what = "and, or, or the end";
	if (end)
		errx(2, "expression:%zu: it ends here; expected %s",
		    strlen(parser->text) + 1, what);
	errx(2, "expression:%zu: expected %s, not %.*s", at->first, what,
	    (int)(at->last - at->first + 1), parser->text + at->first - 1);
}
