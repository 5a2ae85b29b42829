import SessionProcess

// A closure at the top level would be isolated to the main actor, and trap in a C callback.
SessionMain.run()
