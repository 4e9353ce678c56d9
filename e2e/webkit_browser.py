#!/usr/bin/python3
"""A browser window on WebKitGTK that a driver can steer and that keeps its profile.

Debian's MiniBrowser forgets everything when it is driven, and forgetting is what the offline story must rule out.
Runs under the system's own Python, where the GObject bindings are (gir1.2-webkit2-4.1).
"""

import os

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

profile = os.environ["SIFANG_PROFILE"]
manager = WebKit2.WebsiteDataManager(base_data_directory=f"{profile}/data", base_cache_directory=f"{profile}/cache")
context = WebKit2.WebContext.new_with_website_data_manager(manager)
context.set_automation_allowed(True)


def new_view(_session):
    """The driver asks for a window."""
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    window = Gtk.Window()
    window.set_default_size(412, 915)
    window.add(view)
    window.show_all()
    return view


def started(_context, session):
    """The driver has connected: name ourselves and hand out windows."""
    info = WebKit2.ApplicationInfo()
    info.set_name("Sifang")
    session.set_application_info(info)
    session.connect("create-web-view", new_view)


context.connect("automation-started", started)
Gtk.main()
