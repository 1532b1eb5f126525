"""Writes what LiteLLM tells any log sink of a call: one JSON line a record, money as a plain decimal."""

import json
import os
from decimal import Decimal

from litellm.integrations.custom_logger import CustomLogger

# Enough for every value that must not be in it; bodies of many megabytes are among the cases.
TEXT_MOST = 262_144


def plain(amount):
    """A float has no more than 12 places to say about an amount of money."""
    return None if amount is None else format(Decimal(repr(float(amount))).quantize(Decimal(10) ** -12), "f")


def usage_of(payload, response):
    told = (payload.get("metadata") or {}).get("usage_object")
    if told is None:
        told = getattr(response, "usage", None)
    if hasattr(told, "model_dump"):
        told = told.model_dump()
    return told if isinstance(told, dict) else None


class Recorder(CustomLogger):
    async def async_log_success_event(self, kwargs, response_obj, start_time, end_time):
        self.write("success", kwargs, response_obj)

    async def async_log_failure_event(self, kwargs, response_obj, start_time, end_time):
        self.write("failure", kwargs, response_obj)

    def write(self, status, kwargs, response):
        payload = kwargs.get("standard_logging_object") or {}
        asked = (kwargs.get("litellm_params") or {}).get("proxy_server_request") or {}
        headers = {name.lower(): value for name, value in (asked.get("headers") or {}).items()}
        unknown = payload.get("response_cost_failure_debug_info") or payload.get("zero_cost_diagnostic")
        line = {
            "nonce": headers.get("x-conformance-nonce") or payload.get("litellm_call_id"),
            "status": status,
            "callType": payload.get("call_type"),
            "model": payload.get("model"),
            "modelGroup": payload.get("model_group"),
            "endUser": payload.get("end_user") or None,
            "stream": payload.get("stream"),
            "cost": plain(payload.get("response_cost")),
            "costUnknown": None if unknown is None else str(unknown)[:500],
            "usage": usage_of(payload, response),
            "promptTokens": payload.get("prompt_tokens"),
            "completionTokens": payload.get("completion_tokens"),
            "text": json.dumps(payload, default=str)[:TEXT_MOST],
        }
        with open(os.environ["CONFORMANCE_RECORDS"], "a", encoding="utf-8") as records:
            records.write(json.dumps(line, default=str) + "\n")


recorder = Recorder()
