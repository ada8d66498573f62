#include "skype/call.h"

/* [8], 4.1, asks for 9/10 of messages with the voice function.  Signaling
 * with the same peer goes on in the same flow: of it there may be as much
 * again, and only other functions are below 1/10. */
static bool
mostly_voice(const struct sentmsgs *f)
{
	return sentmsgs_voice(f) >= CHI2_LEAST &&
	    sentmsgs_voice(f) * 2 > f->fun_n &&
	    sentmsgs_signaling(f) * 10 > f->fun_n * 9;
}

/* More than 1/10 of video size, [8], 4.1. */
static bool
has_video(const struct sentmsgs *f)
{
	return f->video * 10 > f->sized;
}

static enum call
random_kind(const struct sentmsgs *f, enum chi2_kind kind, bool skypeout_port)
{
	if (f->tcp)
		return kind != CHI2_RANDOM ? CALL_NONE :
		    has_video(f) ? CALL_VIDEO : CALL_VOICE;
	if (kind == CHI2_E2E && mostly_voice(f))
		return has_video(f) ? CALL_VIDEO : CALL_VOICE;
	if (kind == CHI2_E2O && skypeout_port)
		return CALL_SKYPEOUT;
	return CALL_NONE;
}

void
call_measure(struct call_evidence *e, const struct sentmsgs *f,
    const struct call_rule *rule, bool skypeout_port)
{
	e->chi2 = (struct chi2){ 0 };
	e->kind = CALL_NONE;
	e->belief = bayes_belief(&f->voice);
	if (f->one || f->messages < CHI2_LEAST)
		return;
	chi2_measure(&e->chi2, f->nib);
	if (e->belief.both > rule->belief)
		e->kind = random_kind(f, chi2_kind(&e->chi2,
		    f->fun_n - sentmsgs_voice(f)), skypeout_port);
}

enum call
call_of(enum call a, enum call b)
{
	static const int rank[] = { 0, 2, 3, 1 };

	return rank[a] >= rank[b] ? a : b;
}

const char *
call_name(enum call c)
{
	static const char *const name[] = { "-", "voice", "video", "skypeout" };

	return name[c];
}
