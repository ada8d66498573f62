#include "skype/call.h"

enum { STREAM_MS = 60000 };	/* least length of media */

/* [8], 4.1, asks for 9/10 of messages with the voice function.  Signaling
 * with the same peer goes on in the same flow: of it there may be as much
 * again, and only other functions are below 1/10. */
static bool
is_mostly_voice(const struct sentmsgs *s)
{
	return sentmsgs_voice(s) >= CHI2_LEAST &&
	    sentmsgs_voice(s) * 2 > s->fun_n &&
	    sentmsgs_signaling(s) * 10 > s->fun_n * 9;
}

/* More than 1/10 of video size, [8], 4.1. */
static enum call
voice_or_video(const struct sentmsgs *s)
{
	return s->video * 10 > s->sized ? CALL_VIDEO : CALL_VOICE;
}

/* Voice of the size that windows leave out makes the gaps of the rest longer
 * than the codec's; from one of 20 on that shows. */
static bool
has_hidden_gaps(const struct sentmsgs *s)
{
	return s->video * 20 > s->sized;
}

/* Five messages a second, of the flow or, where there is little else but
 * polls, of most windows. */
static bool
is_stream(const struct sentmsgs *s, uint64_t flow_ms)
{
	return s->fast * 2 > s->windows || (flow_ms > 0 &&
	    s->sized * SENTMSGS_FAST_MS > flow_ms);
}

/* A file's messages are all as long as can be but the last; of video at most
 * 3/4 have one length. */
static bool
is_later_video(const struct sentmsgs *s, uint64_t flow_ms)
{
	return s->video_later * 10 > s->sized &&
	    s->big_alike * 4 <= s->big * 3 && is_stream(s, flow_ms);
}

static bool
is_media(const struct sentmsgs *s, uint64_t flow_ms)
{
	bool is_long = s->fast_ms >= STREAM_MS || (flow_ms >= STREAM_MS &&
	    s->sized * SENTMSGS_FAST_MS > flow_ms);

	return s->big * 2 > s->sized && is_long;
}

static struct call_kind
sure(enum call c)
{
	return (struct call_kind){ (uint8_t)c, (uint8_t)c };
}

static struct call_kind
if_known(enum call c)
{
	return (struct call_kind){ CALL_NONE, (uint8_t)c };
}

/* The tests as published. */
static struct call_kind
published_kind(const struct call_evidence *e, const struct sentmsgs *s,
    enum chi2_kind kind, bool fits, bool skypeout_port)
{
	if (!fits)
		return sure(CALL_NONE);
	if (s->tcp)
		return sure(chi2_tcp_kind(&e->chi2, CHI2_LIMIT) ==
		    CHI2_RANDOM ? voice_or_video(s) : CALL_NONE);
	if (kind == CHI2_E2E && is_mostly_voice(s))
		return sure(voice_or_video(s));
	return sure(kind == CHI2_E2O && skypeout_port ? CALL_SKYPEOUT :
	    CALL_NONE);
}

static struct call_kind
udp_kind(const struct sentmsgs *s, enum chi2_kind kind, bool fits,
    bool fits_length, bool skypeout_port, uint64_t flow_ms)
{
	bool voice = (kind == CHI2_E2E || kind == CHI2_COUNTED) &&
	    is_mostly_voice(s);

	if (voice && fits)
		return kind == CHI2_E2E ? sure(voice_or_video(s)) :
		    if_known(voice_or_video(s));
	if (voice && fits_length && is_stream(s, flow_ms))
		return kind == CHI2_E2E && has_hidden_gaps(s) ?
		    sure(voice_or_video(s)) : if_known(voice_or_video(s));
	if (voice && is_later_video(s, flow_ms))
		return if_known(CALL_VIDEO);
	if (kind == CHI2_E2O && fits && skypeout_port)
		return if_known(CALL_SKYPEOUT);
	return if_known(is_media(s, flow_ms) ? CALL_MEDIA : CALL_NONE);
}

static struct call_kind
tcp_kind(const struct call_evidence *e, const struct sentmsgs *s, bool fits,
    uint64_t flow_ms)
{
	if (fits && chi2_tcp_kind(&e->chi2, CHI2_STRICT) == CHI2_RANDOM)
		return if_known(voice_or_video(s));
	return if_known(is_media(s, flow_ms) ? CALL_MEDIA : CALL_NONE);
}

void
call_measure(struct call_evidence *e, const struct sentmsgs *s,
    const struct call_rule *rule, bool skypeout_port, uint64_t flow_ms)
{
	enum chi2_kind kind;
	bool fits, enough = !s->one && s->messages >= CHI2_LEAST;

	e->chi2.n = 0;
	e->kind = sure(CALL_NONE);
	if (enough || s->voice.windows > 0)
		e->belief = bayes_belief(&s->voice, rule->codecs);
	if (!enough)
		return;
	chi2_measure(&e->chi2, s->nib);
	kind = chi2_udp_kind(&e->chi2, s->fun_n - sentmsgs_voice(s));
	fits = e->belief.both > rule->belief;
	e->kind = rule->plain ?
	    published_kind(e, s, kind, fits, skypeout_port) : s->tcp ?
	    tcp_kind(e, s, fits, flow_ms) :
	    udp_kind(s, kind, fits, e->belief.length > rule->belief,
	    skypeout_port, flow_ms);
}

struct call_kind
call_of_both(struct call_kind a, struct call_kind b)
{
	return (struct call_kind){
		.alone = a.alone > b.alone ? a.alone : b.alone,
		.known = a.known > b.known ? a.known : b.known
	};
}

const char *
call_name(enum call c)
{
	static const char *const name[] = {
		[CALL_NONE] = "-", [CALL_MEDIA] = "media",
		[CALL_SKYPEOUT] = "skypeout", [CALL_VOICE] = "voice",
		[CALL_VIDEO] = "video"
	};

	return name[c];
}
