#include "log/logrow.h"

#include <string.h>
#include <strings.h>

void
log_row_clear(struct log_row *r)
{
	for (size_t i = 0; i < LOG_FIELDS; i++)
		r->v[i] = (struct rec_span){ "", 0 };
	r->next = 0;
}

void
log_row_init(struct log_row *r, const struct log_name *names)
{
	*r = (struct log_row){ .names = names };
	log_row_clear(r);
	for (; names[r->n].name != NULL; r->n++) {
		r->column[r->n] = -1;
		r->length[r->n] = strlen(names[r->n].name);
	}
}

bool
log_is(struct rec_span v, const char *word)
{
	return v.n == strlen(word) && strncasecmp(v.s, word, v.n) == 0;
}

/* The text says nothing: it is empty, "-" or "(empty)". */
static bool
log_unset(struct rec_span v)
{
	return v.n == 0 || (v.n == 1 && *v.s == '-') ||
	    (v.n == 7 && memcmp(v.s, "(empty)", 7) == 0);
}

static bool
log_is_quote(char c)
{
	return c == '"' || c == '\'';
}

static struct rec_span
log_trim(struct rec_span v)
{
	while (v.n > 0 && (*v.s == ' ' || *v.s == '\t')) {
		v.s++;
		v.n--;
	}
	while (v.n > 0 && (v.s[v.n - 1] == ' ' || v.s[v.n - 1] == '\t'))
		v.n--;
	if (v.n > 1 && log_is_quote(*v.s) && v.s[v.n - 1] == *v.s)
		return (struct rec_span){ v.s + 1, v.n - 2 };
	return v;
}

void
log_row_heading(struct log_row *r, const struct rec_span *f, size_t n)
{
	r->columns = n;
	for (size_t i = 0; i < r->n; i++) {
		r->column[i] = -1;
		for (size_t k = 0; k < n && r->column[i] < 0; k++)
			if (log_is(log_trim(f[k]), r->names[i].name))
				r->column[i] = (int)k;
	}
}

bool
log_row_has(const struct log_row *r, enum log_field field)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->names[i].field == field && r->column[i] >= 0)
			return true;
	return false;
}

const char *
log_row_name(const struct log_row *r, enum log_field field)
{
	size_t first = SIZE_MAX;

	if (r->v[field].n > 0)
		return r->names[r->from[field]].name;
	for (size_t i = 0; i < r->n; i++) {
		if (r->names[i].field != field)
			continue;
		if (r->column[i] >= 0)
			return r->names[i].name;
		if (first == SIZE_MAX)
			first = i;
	}
	return first == SIZE_MAX ? "?" : r->names[first].name;
}

static bool
log_row_nothing(const struct log_row *r, struct rec_span v)
{
	for (int i = 0; i < 2; i++)
		if (r->nothing[i][0] != '\0' && log_is(v, r->nothing[i]))
			return true;
	return log_unset(v);
}

static void
log_row_put(struct log_row *r, size_t i, struct rec_span v)
{
	enum log_field field = r->names[i].field;

	if (log_row_nothing(r, v) || (r->v[field].n > 0 && r->from[field] < i))
		return;
	r->v[field] = v;
	r->from[field] = (uint8_t)i;
}

void
log_row_field(struct log_row *r, enum log_field field, struct rec_span v)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->names[i].field == field) {
			log_row_put(r, i, v);
			return;
		}
}

void
log_row_set(struct log_row *r, const struct rec_span *f, size_t n)
{
	log_row_clear(r);
	for (size_t i = 0; i < r->n; i++)
		if (r->column[i] >= 0 && (size_t)r->column[i] < n)
			log_row_put(r, i, log_trim(f[r->column[i]]));
}

/* An object's members mostly come in the order of the table, so the search
 * begins behind the last name met. */
void
log_row_take(void *row, const char *path, size_t path_n, const char *value,
    size_t value_n)
{
	struct log_row *r = row;
	size_t i = r->next;

	for (size_t k = 0; k < r->n; k++, i = i + 1 < r->n ? i + 1 : 0) {
		if (r->length[i] != path_n ||
		    memcmp(r->names[i].name, path, path_n) != 0)
			continue;
		log_row_put(r, i, (struct rec_span){ value, value_n });
		r->next = i + 1 < r->n ? i + 1 : 0;
		return;
	}
}
