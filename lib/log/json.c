#include "log/json.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct json {
	char *at, *end;
	json_take *take;
	void *arg;
	bool cut;		/* what went wrong: the text has ended */
	size_t path_n;
	char path[JSON_PATH];
};

static bool
json_cut(struct json *j)
{
	j->cut = true;
	return false;
}

/* The next byte behind white space; 0 at the end of the text. */
static char
json_peek(struct json *j)
{
	while (j->at < j->end && (*j->at == ' ' || *j->at == '\t' ||
	    *j->at == '\n' || *j->at == '\r'))
		j->at++;
	return j->at < j->end ? *j->at : '\0';
}

static bool
json_expect(struct json *j, char c)
{
	if (json_peek(j) == c && j->at < j->end) {
		j->at++;
		return true;
	}
	return j->at == j->end ? json_cut(j) : false;
}

/* Four hex digits, or -1. */
static int32_t
json_hex4(const char *s)
{
	int32_t v = 0;

	for (int i = 0; i < 4; i++) {
		char c = s[i];

		v <<= 4;
		if (c >= '0' && c <= '9')
			v |= c - '0';
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			v |= (c | 0x20) - 'a' + 10;
		else
			return -1;
	}
	return v;
}

/* Writes the character as UTF-8, where it ends; never more bytes than the
 * escape had. */
static char *
json_utf8(char *to, int32_t c)
{
	if (c < 0x80) {
		*to++ = (char)c;
		return to;
	}
	if (c < 0x800) {
		*to++ = (char)(0xc0 | c >> 6);
	} else if (c < 0x10000) {
		*to++ = (char)(0xe0 | c >> 12);
		*to++ = (char)(0x80 | (c >> 6 & 0x3f));
	} else {
		*to++ = (char)(0xf0 | c >> 18);
		*to++ = (char)(0x80 | (c >> 12 & 0x3f));
		*to++ = (char)(0x80 | (c >> 6 & 0x3f));
	}
	*to++ = (char)(0x80 | (c & 0x3f));
	return to;
}

/* The escape behind a backslash at s, which the string's end follows: its
 * character at *to.  Returns where it ends, NULL if it is none. */
static const char *
json_escape(const char *s, const char *end, char **to)
{
	static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
	const char *k = *s != '\0' ? strchr(from, *s) : NULL;
	int32_t c, low;

	if (k != NULL) {
		*(*to)++ = into[k - from];
		return s + 1;
	}
	if (*s != 'u' || end - s < 5 || (c = json_hex4(s + 1)) < 0)
		return NULL;
	s += 5;
	if (c >= 0xd800 && c < 0xdc00 && end - s >= 6 && s[0] == '\\' &&
	    s[1] == 'u' && (low = json_hex4(s + 2)) >= 0xdc00 &&
	    low < 0xe000) {
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
		s += 6;
	} else if (c >= 0xd800 && c < 0xe000) {
		c = 0xfffd;		/* half a pair */
	}
	*to = json_utf8(*to, c);
	return s;
}

/* Undoes the escapes of a string; its new end, NULL if one is malformed. */
static char *
json_unescape(char *s, char *end)
{
	char *to = memchr(s, '\\', (size_t)(end - s));
	const char *from = to;

	while (from < end) {
		if (*from != '\\')
			*to++ = *from++;
		else if ((from = json_escape(from + 1, end, &to)) == NULL)
			return NULL;
	}
	return to;
}

/* A string: its first byte and the one behind its last, as they are to be
 * given on. */
static bool
json_string(struct json *j, char **s, char **end)
{
	bool escaped = false;
	char *p;

	if (!json_expect(j, '"'))
		return false;
	for (p = j->at; p < j->end && *p != '"'; p++) {
		if (*p == '\\') {
			escaped = true;
			if (++p == j->end)
				break;
		} else if ((unsigned char)*p < ' ') {
			j->at = p;
			return false;
		}
	}
	if (p >= j->end) {
		j->at = j->end;
		return json_cut(j);
	}
	*s = j->at;
	*end = p;
	j->at = p + 1;
	if (escaped && j->take != NULL)
		*end = json_unescape(*s, p);
	return *end != NULL;
}

/* A number, true, false or null. */
static bool
json_word(struct json *j, char **s, char **end)
{
	char *p = j->at;

	while (p < j->end && ((*p >= '0' && *p <= '9') || *p == '-' ||
	    *p == '+' || *p == '.' || (*p >= 'a' && *p <= 'z') || *p == 'E'))
		p++;
	if (p == j->end)
		return json_cut(j);
	*s = j->at;
	*end = p;
	j->at = p;
	return p > *s;
}

static void
json_give(struct json *j, const char *s, const char *end)
{
	if (j->take != NULL && j->path_n <= JSON_PATH)
		j->take(j->arg, j->path, j->path_n, s, (size_t)(end - s));
}

/* Adds a name to the path; more than fits is remembered as too long. */
static void
json_enter(struct json *j, const char *name, const char *end)
{
	size_t n = (size_t)(end - name), dot = j->path_n > 0;

	if (j->path_n + dot + n > JSON_PATH) {
		j->path_n = JSON_PATH + 1;
		return;
	}
	if (dot)
		j->path[j->path_n++] = '.';
	memcpy(j->path + j->path_n, name, n);
	j->path_n += n;
}

static bool json_value(struct json *, int depth);

static bool
json_members(struct json *j, int depth)
{
	size_t outer = j->path_n;
	char *name, *end;

	j->at++;
	if (json_peek(j) == '}') {
		j->at++;
		return true;
	}
	do {
		if (json_peek(j) == '\0' && j->at == j->end)
			return json_cut(j);
		if (!json_string(j, &name, &end) || !json_expect(j, ':'))
			return false;
		json_enter(j, name, end);
		if (!json_value(j, depth))
			return false;
		j->path_n = outer;
	} while (json_peek(j) == ',' && j->at++ < j->end);
	return json_expect(j, '}');
}

static bool
json_elements(struct json *j, int depth)
{
	j->at++;
	if (json_peek(j) == ']') {
		j->at++;
		return true;
	}
	do
		if (!json_value(j, depth))
			return false;
	while (json_peek(j) == ',' && j->at++ < j->end);
	return json_expect(j, ']');
}

static bool
json_value(struct json *j, int depth)
{
	char *s, *end, c = json_peek(j);

	if (j->at == j->end)
		return json_cut(j);
	if (c == '{' || c == '[') {
		if (depth == JSON_DEPTH)
			return false;
		return c == '{' ? json_members(j, depth + 1) :
		    json_elements(j, depth + 1);
	}
	if (c == '"') {
		if (!json_string(j, &s, &end))
			return false;
		json_give(j, s, end);
		return true;
	}
	if (!json_word(j, &s, &end))
		return false;
	if (end - s != 4 || memcmp(s, "null", 4) != 0)
		json_give(j, s, end);
	return true;
}

enum json_result
json_object(char *s, size_t n, json_take *take, void *arg, size_t *used)
{
	struct json j = { .at = s, .end = s + n, .take = take, .arg = arg };
	bool whole = n > 0 && *s == '{' && json_members(&j, 1);

	*used = (size_t)(j.at - s);
	return whole ? JSON_OBJECT : j.cut ? JSON_CUT : JSON_BAD;
}
