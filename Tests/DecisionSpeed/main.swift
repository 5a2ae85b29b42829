DecisionSpeed.run()
